package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.Databases;
import dev.larder.testkit.PostgresCluster;
import dev.larder.testkit.PostgresReplica;
import dev.larder.testkit.TestDatabase;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Readers among writers over two replicas whose replay stops and goes on: nothing stale is seen.
 */
final class ReplicaConsistencyTest {

  private static final long SECONDS = 1;

  /** It ends with the first that is found. */
  private static final long LONGEST_SEARCH_SECONDS = 60;

  private final PostgresCluster cluster = Databases.postgresCluster();
  private final List<PostgresReplica> replicas = cluster.replicas();
  private TestDatabase database;

  @BeforeEach
  void fresh() {
    database = cluster.fresh();
    ReadersAmongWriters.createTables(database);
    cluster.awaitCaughtUp();
  }

  @AfterEach
  void letGo() {
    cluster.awaitCaughtUp();
    database.close();
  }

  @Test
  void replayPausedOnOne() throws InterruptedException {
    assertNothingStale("one paused", replicas.get(0)::pauseReplay, () -> {});
  }

  @Test
  void replayPausedOnBoth() throws InterruptedException {
    assertNothingStale(
        "both paused", () -> replicas.forEach(PostgresReplica::pauseReplay), () -> {});
  }

  @Test
  void replayLaggingAtRandom() throws InterruptedException {
    Random random = new Random(ReadersAmongWriters.seed());
    assertNothingStale(
        "at random",
        () -> {},
        () -> {
          PostgresReplica replica = replicas.get(random.nextInt(2));
          switch (random.nextInt(4)) {
            case 0 -> replica.pauseReplay();
            case 1 -> replica.resumeReplay();
            default -> {
              // as it is
            }
          }
        });
  }

  /** The check can fail: reads that accept a lag are not asked where the replica stands. */
  @Test
  void withoutTheTestOfPositionsTheCheckFindsStaleReads() throws InterruptedException {
    ReadersAmongWriters workload = new ReadersAmongWriters("/* larder(replica) */ ");
    try (LarderDataSource larder = larder()) {
      Replicated.await(larder, 2);
      replicas.forEach(PostgresReplica::pauseReplay);
      workload.run(larder, ReadersAmongWriters.seed(), LONGEST_SEARCH_SECONDS, () -> {});
    }
    assertThat(workload.violations()).isNotEmpty();
  }

  private void assertNothingStale(String how, Runnable first, Runnable meanwhile)
      throws InterruptedException {
    long seed = ReadersAmongWriters.seed();
    ReadersAmongWriters workload = new ReadersAmongWriters("");
    try (LarderDataSource larder = larder()) {
      Replicated.await(larder, 2);
      first.run();
      workload.run(larder, seed, SECONDS, meanwhile);
      Statistics statistics = larder.statistics();
      long byReplicas = Replicated.reads(larder);
      System.out.printf(
          "%s, -Dlarder.test.seed=%d: %d reads, %d writes, %d hits, %d by replicas%n",
          how, seed, workload.reads(), workload.writes(), statistics.hits(), byReplicas);
      assertThat(workload.violations()).as("seed %d", seed).isEmpty();
      assertThat(workload.reads()).as("reads keep flowing").isPositive();
      assertThat(statistics.failures()).isZero();
    }
  }

  private LarderDataSource larder() {
    return Replicated.larder(cluster, database).setting(Setting.REPLICAS_MAX_LAG, "1h").build();
  }
}
