package dev.larder.jdbc.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Statistics;
import dev.larder.jdbc.history.Client.Habit;
import dev.larder.testkit.Databases;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients at every isolation level, with rollbacks, savepoints, cancelled and timed-out statements
 * and commits that get no answer, see nothing that the database could not have shown them.
 *
 * <p>{@code -Dlarder.test.seed=N} replays every client's choices; how the threads interleave is up
 * to the machine. {@code mvn verify -Plong} runs the long profile; {@code -Dlarder.test.steps=N}
 * says how many operations it has in all.
 */
final class HistoryTest {

  private static final int PER_ROUND = 20_000;
  private static final int MOST_ROUNDS = 20;

  private static final Habit[] CLIENTS = clients();

  private static Habit[] clients() {
    Habit[] habits = new Habit[8];
    Arrays.fill(habits, Habit.ALL);
    habits[5] = Habit.SNAPSHOTS;
    habits[6] = Habit.SKEW;
    habits[7] = Habit.SKEW;
    return habits;
  }

  /** Some write past Larder, and some ask it for what may not be old all the same. */
  static final Habit[] UNSEEN_WRITERS = {
    Habit.ELSEWHERE, Habit.ELSEWHERE, Habit.ORDER, Habit.ORDER, Habit.ORDER, Habit.ORDER
  };

  static TestDatabase database(Product product) {
    return product == Product.H2 ? Databases.h2Server() : Databases.fresh(product);
  }

  static long seed(String what) {
    long seed = Long.getLong("larder.test.seed", System.nanoTime());
    System.out.println(what + ": -Dlarder.test.seed=" + seed);
    return seed;
  }

  @ParameterizedTest
  @EnumSource(Product.class)
  void someThousandOperations(Product product) throws Exception {
    run(product, Sources.LARDER, 8_000, 2.5);
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource(Product.class)
  void aMillionOperations(Product product) throws Exception {
    int all = Integer.getInteger("larder.test.steps", 1_000_000);
    run(product, Sources.LARDER, product == Product.POSTGRESQL ? all * 6L / 10 : all / 5, 3_600);
  }

  /** The checker finds nothing where nothing is wrong: the databases keep what it asks for. */
  @Tag("long")
  @ParameterizedTest
  @EnumSource(Product.class)
  void theDatabasesThemselves(Product product) throws Exception {
    run(product, Sources.RAW, Integer.getInteger("larder.test.steps", 1_000_000) / 10, 3_600);
  }

  private static void run(Product product, Sources sources, long most, double seconds)
      throws Exception {
    long seed = seed(product + " " + sources);
    try (TestDatabase database = database(product);
        Run run = new Run(database, sources::over, seed)) {
      long start = System.nanoTime();
      // On a slow machine it goes on until something has happened.
      while (run.operations() < most
          && (System.nanoTime() - start < seconds * 1e9 || !hasSeenMuch(run))) {
        List<Anomaly> anomalies =
            run.round(Math.min(PER_ROUND, most - run.operations()), seconds, CLIENTS);
        assertThat(anomalies.stream().limit(5).toList())
            .as("%d anomalies, %s %s, seed %d", anomalies.size(), product, sources, seed)
            .isEmpty();
      }
      System.out.printf(
          "%s %s: %d operations in %d transactions, %d commits without an answer, %.1f s%n",
          product,
          sources,
          run.operations(),
          run.transactions(),
          run.struck(),
          (System.nanoTime() - start) / 1e9);
      assertThat(run.struck()).as("commits without an answer").isPositive();
      if (run.source() instanceof LarderDataSource larder) {
        Statistics statistics = larder.statistics();
        System.out.printf(
            "%s: %d hits, %d stores, %d joined flights%n",
            product, statistics.hits(), statistics.stores(), statistics.joinedFlights());
        assertThat(statistics.hits()).as("the cache took part").isPositive();
        assertThat(statistics.failures()).isZero();
      }
    }
  }

  /** What locks, snapshots and writes that miss promise, however old memory may be otherwise. */
  @ParameterizedTest
  @EnumSource(Product.class)
  void amongWritersThatNobodySees(Product product) throws Exception {
    long seed = seed(product + " among unseen writers");
    try (TestDatabase database = database(product);
        Run run =
            new Run(
                database,
                driver -> LarderDataSource.wrap(driver, Sources.settingsForAnyWriter()),
                seed)) {
      LarderDataSource larder = (LarderDataSource) run.source();
      // On a slow machine it goes on until something has happened.
      for (int round = 0; round < MOST_ROUNDS; round++) {
        List<Anomaly> anomalies = run.round(3_000, 2.5, UNSEEN_WRITERS);
        assertThat(anomalies.stream().limit(5).toList())
            .as("%d anomalies, seed %d", anomalies.size(), seed)
            .isEmpty();
        if (larder.statistics().hits() > 0 && underLock(larder) > 0) {
          break;
        }
      }
      assertThat(larder.statistics().hits()).as("the cache took part").isPositive();
      assertThat(underLock(larder)).as("answers under a lock").isPositive();
      assertThat(larder.statistics().failures()).isZero();
    }
  }

  private static long underLock(LarderDataSource larder) {
    return larder.statistics().bypasses().getOrDefault(BypassReason.AFTER_LOCK, 0L);
  }

  private static boolean hasSeenMuch(Run run) {
    return run.operations() > 500
        && run.struck() > 0
        && (!(run.source() instanceof LarderDataSource larder) || larder.statistics().hits() > 0);
  }
}
