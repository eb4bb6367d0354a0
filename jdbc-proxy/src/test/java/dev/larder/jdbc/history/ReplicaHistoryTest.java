package dev.larder.jdbc.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Statistics;
import dev.larder.jdbc.history.Client.Habit;
import dev.larder.testkit.Cluster;
import dev.larder.testkit.Databases;
import dev.larder.testkit.PostgresCluster;
import dev.larder.testkit.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The clients of {@link HistoryTest} over two replicas whose replay stops and goes on see nothing
 * that the primary could not have shown them; without the rules for replicas they do.
 */
final class ReplicaHistoryTest {

  private static final Habit[] CLIENTS = {
    Habit.READ_ONLY, Habit.READ_ONLY, Habit.READ_ONLY, Habit.READ_ONLY, Habit.ALL, Habit.SNAPSHOTS
  };

  /**
   * The primary answers a commit, and shows it, when both replicas have replayed it: what one of
   * them has replayed shows there before.
   */
  private static final Map<String, String> WAITS_FOR_REPLAY =
      Map.of("synchronous_standby_names", "2 (*)", "synchronous_commit", "remote_apply");

  private static Properties settings(Cluster cluster, TestDatabase database) {
    Properties settings = Sources.settings();
    settings.setProperty("larder.replicas", cluster.replicaUrls(database));
    settings.setProperty("larder.replicas.max-lag", "1h");
    return settings;
  }

  @Test
  void someThousandOperations() throws Exception {
    nothingIsFound(Databases.postgresCluster(), 6_000, 2);
  }

  @Test
  void someThousandOperationsOnMySql() throws Exception {
    nothingIsFound(Databases.mysqlCluster(), 4_000, 2);
  }

  @Tag("long")
  @Test
  void aHundredThousandOperationsOnMySql() throws Exception {
    nothingIsFound(Databases.mysqlCluster(), 100_000, 600);
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource(value = ReplicaMutant.class, mode = EnumSource.Mode.EXCLUDE, names = "NO_SECOND_LOOK")
  void everyRuleSwitchedOffIsFoundOnMySql(ReplicaMutant mutant) throws Exception {
    assertFound(mutant, Databases.mysqlCluster());
  }

  @Tag("long")
  @Test
  void aHundredThousandOperations() throws Exception {
    nothingIsFound(Databases.postgresCluster(), 100_000, 600);
  }

  @Tag("long")
  @Test
  void whereCommitsWaitForReplay() throws Exception {
    try (PostgresCluster cluster = Databases.postgresCluster(WAITS_FOR_REPLAY)) {
      nothingIsFound(cluster, 20_000, 60);
    }
  }

  private static void nothingIsFound(Cluster cluster, long most, double seconds) throws Exception {
    long seed = HistoryTest.seed("two replicas");
    try (TestDatabase database = cluster.fresh()) {
      Properties settings = settings(cluster, database);
      try (Run run = new Run(database, d -> LarderDataSource.wrap(d, settings), seed);
          ReplayAtRandom replay = new ReplayAtRandom(cluster.replicas(), seed)) {
        LarderDataSource larder = (LarderDataSource) run.source();
        long start = System.nanoTime();
        // On a slow machine it goes on until replicas have taken part.
        while (run.operations() < most
            && (System.nanoTime() - start < seconds * 1e9 || byReplicas(larder) < 20)) {
          List<Anomaly> anomalies =
              run.round(Math.min(10_000, most - run.operations()), seconds, CLIENTS);
          assertThat(anomalies.stream().limit(5).toList())
              .as("%d anomalies, seed %d", anomalies.size(), seed)
              .isEmpty();
        }
        System.out.printf(
            "%d operations, %d hits, %d by replicas, %.1f s%n",
            run.operations(),
            larder.statistics().hits(),
            byReplicas(larder),
            (System.nanoTime() - start) / 1e9);
        assertThat(byReplicas(larder)).as("replicas took part").isPositive();
        assertThat(larder.statistics().failures()).isZero();
      }
    }
  }

  private static long byReplicas(LarderDataSource larder) {
    return larder.statistics().replicas().stream().mapToLong(Statistics.Replica::reads).sum();
  }

  @ParameterizedTest
  @EnumSource(value = ReplicaMutant.class, names = "READS_FROM_ANY_REPLICA")
  void aRuleSwitchedOffIsFound(ReplicaMutant mutant) throws Exception {
    assertFound(mutant, Databases.postgresCluster());
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource(value = ReplicaMutant.class, mode = EnumSource.Mode.EXCLUDE, names = "NO_SECOND_LOOK")
  void everyRuleSwitchedOffIsFound(ReplicaMutant mutant) throws Exception {
    assertFound(mutant, Databases.postgresCluster());
  }

  @Tag("long")
  @Test
  void theSecondLookIsMissedWhereCommitsWaitForReplay() throws Exception {
    try (PostgresCluster cluster = Databases.postgresCluster(WAITS_FOR_REPLAY)) {
      assertFound(ReplicaMutant.NO_SECOND_LOOK, cluster);
    }
  }

  private static void assertFound(ReplicaMutant mutant, Cluster cluster) throws Exception {
    long seed = HistoryTest.seed(mutant.toString());
    MutantLoader loader = new MutantLoader(mutant.changes);
    try (TestDatabase database = cluster.fresh()) {
      Properties settings = settings(cluster, database);
      try (Run run = new Run(database, driver -> loader.wrap(driver, settings), seed);
          ReplayAtRandom replay = new ReplayAtRandom(cluster.replicas(), seed)) {
        MutantsTest.search(mutant.toString(), run, CLIENTS, seed);
        assertThat(loader.notLoaded()).as("changed classes that were not used").isEmpty();
      }
    }
  }

  /** What is found in the mutants is not due to their pauses. */
  @Tag("long")
  @Test
  void pausesAloneShowNothing() throws Exception {
    long seed = HistoryTest.seed("all rules for replicas, with pauses");
    MutantLoader loader = new MutantLoader(ReplicaMutant.PAUSES_ALONE);
    try (PostgresCluster cluster = Databases.postgresCluster(WAITS_FOR_REPLAY);
        TestDatabase database = cluster.fresh()) {
      Properties settings = settings(cluster, database);
      try (Run run = new Run(database, driver -> loader.wrap(driver, settings), seed);
          ReplayAtRandom replay = new ReplayAtRandom(cluster.replicas(), seed)) {
        assertThat(run.round(20_000, 20, CLIENTS)).as("seed %d", seed).isEmpty();
        assertThat(loader.notLoaded()).isEmpty();
      }
    }
  }
}
