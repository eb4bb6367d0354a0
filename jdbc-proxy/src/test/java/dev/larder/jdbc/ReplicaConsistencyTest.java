package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.Databases;
import dev.larder.testkit.PostgresReplica;
import dev.larder.testkit.PostgresServer;
import dev.larder.testkit.TestDatabase;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Readers among writers over two replicas whose replay stops and goes on: nothing stale is seen.
 */
final class ReplicaConsistencyTest {

  private static final long SECONDS = 2;

  /** It ends with the first that is found. */
  private static final long LONGEST_SEARCH_SECONDS = 60;

  private static PostgresServer primary;
  private static List<PostgresReplica> replicas;
  private TestDatabase database;

  @BeforeAll
  static void start() {
    primary = Databases.postgresServer();
    replicas = List.of(primary.replicate(), primary.replicate());
  }

  @AfterAll
  static void stop() {
    replicas.forEach(PostgresReplica::close);
    primary.close();
  }

  @BeforeEach
  void fresh() {
    database = primary.fresh();
    ReadersAmongWriters.createTables(database);
    replicas.forEach(PostgresReplica::awaitCaughtUp);
  }

  @AfterEach
  void letGo() {
    replicas.forEach(PostgresReplica::resumeReplay);
    replicas.forEach(PostgresReplica::awaitCaughtUp);
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
      ReplicaReadiness.await(larder, 2);
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
      ReplicaReadiness.await(larder, 2);
      first.run();
      workload.run(larder, seed, SECONDS, meanwhile);
      Statistics statistics = larder.statistics();
      long byReplicas = statistics.replicas().stream().mapToLong(Statistics.Replica::reads).sum();
      System.out.printf(
          "%s, -Dlarder.test.seed=%d: %d reads, %d writes, %d hits, %d by replicas%n",
          how, seed, workload.reads(), workload.writes(), statistics.hits(), byReplicas);
      assertThat(workload.violations()).as("seed %d", seed).isEmpty();
      assertThat(workload.reads()).as("reads keep flowing").isPositive();
      assertThat(statistics.failures()).isZero();
    }
  }

  private LarderDataSource larder() {
    return LarderDataSource.builder()
        .url(database.url())
        .username(database.username())
        .password(database.password())
        .setting(Setting.WRITERS, "this-jvm")
        .setting(
            Setting.REPLICAS, replicas.get(0).url(database) + ", " + replicas.get(1).url(database))
        .setting(Setting.REPLICAS_MAX_LAG, "1h")
        .build();
  }
}
