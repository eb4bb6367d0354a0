package dev.larder.jdbc.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import dev.larder.jdbc.RandomRows;
import dev.larder.jdbc.history.Client.Habit;
import dev.larder.testkit.Databases;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The checker finds an anomaly in Larder without a rule of its protocol, whichever rule it is.
 *
 * <p>Each mutant is a Larder of its own, in a class loader of its own; where the moment in which
 * the rule matters is short, the mutant also pauses there now and then.
 */
final class MutantsTest {

  private static final int BOUND_SECONDS = 120;

  /** A new database is a new seed, and one in which nothing is written too often to be followed. */
  private static final int DATABASES_OF_ROWS = 30;

  private static final int ROUNDS_OF_ROWS = 2_000;

  @ParameterizedTest
  @EnumSource(
      value = Mutant.class,
      names = {
        "NO_MOVE_AT_BEGIN",
        "FILLS_WHILE_OPEN",
        "OWN_WRITES_FROM_MEMORY",
        "SNAPSHOT_MAY_BE_OLD",
        "JOINS_ANY_FLIGHT",
        "UNKNOWN_OUTCOME_IS_OVER",
        "LOCKED_FROM_MEMORY",
        "SESSION_LOCKED_FROM_MEMORY",
        "WRITTEN_IS_NOT_LOCKED",
        "SNAPSHOT_BY_AGE",
        "MISSED_ROWS_ARE_KEPT",
        "ROLLBACK_FORGETS_NOTHING"
      })
  void aRuleSwitchedOffIsFound(Mutant mutant) throws Exception {
    assertFound(mutant, mutant.product);
  }

  @ParameterizedTest
  @EnumSource(
      value = Mutant.class,
      names = {"SNAPSHOT_MAY_BE_OLD", "OWN_WRITES_FROM_MEMORY", "UNKNOWN_OUTCOME_IS_OVER"})
  void aRuleSwitchedOffIsFoundOnMySql(Mutant mutant) throws Exception {
    assertFound(mutant, Product.MYSQL);
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource(
      value = Mutant.class,
      mode = EnumSource.Mode.MATCH_NONE,
      names = {"NEW_ROW_COUNTS_AT_ONCE", "ROWS_.*"})
  void everyMutantIsFound(Mutant mutant) throws Exception {
    assertFound(mutant, mutant.product);
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource(
      value = Mutant.class,
      mode = EnumSource.Mode.MATCH_NONE,
      names = {"NEW_ROW_COUNTS_AT_ONCE", "ROWS_.*"})
  void everyMutantIsFoundOnMySql(Mutant mutant) throws Exception {
    assertFound(mutant, Product.MYSQL);
  }

  private static void assertFound(Mutant mutant, Product product) throws Exception {
    long seed = HistoryTest.seed(mutant + " on " + product);
    MutantLoader loader = new MutantLoader(mutant.changes);
    Habit[] clients = clients(mutant);
    try (TestDatabase database = HistoryTest.database(product);
        Run run = new Run(database, driver -> loader.wrap(driver, settings(mutant)), seed)) {
      search(mutant.toString(), run, clients, seed);
      assertThat(loader.notLoaded()).as("changed classes that were not used").isEmpty();
    }
  }

  /** A rule of what is read for the first time: in one database after the other. */
  @Tag("long")
  @Test
  void aRuleOfFirstReadsSwitchedOffIsFound() throws Exception {
    Mutant mutant = Mutant.NEW_ROW_COUNTS_AT_ONCE;
    long seed = HistoryTest.seed(mutant.toString());
    MutantLoader loader = new MutantLoader(mutant.changes);
    long start = System.nanoTime();
    for (int databases = 1; System.nanoTime() - start < BOUND_SECONDS * 1e9; databases++) {
      try (TestDatabase database = HistoryTest.database(mutant.product);
          Run run =
              new Run(
                  database, driver -> loader.wrap(driver, settings(mutant)), seed + databases)) {
        List<Anomaly> anomalies = run.round(200, 5, clients(mutant));
        if (!anomalies.isEmpty()) {
          System.out.printf("%s: found in database %d%n", mutant, databases);
          assertThat(loader.notLoaded()).as("changed classes that were not used").isEmpty();
          return;
        }
      }
    }
    fail("%s: no anomaly, seed %d".formatted(mutant, seed));
  }

  /** A rule of which rows an answer depends on: found by random queries after random writes. */
  @ParameterizedTest
  @EnumSource(
      value = Mutant.class,
      names = {
        "ROWS_OF_OUTER_JOINS",
        "ROWS_OF_INTERVALS",
        "ROWS_OF_ALTERNATIVES",
        "ROWS_ALTERED",
        "ROWS_OF_CASCADES",
        "ROWS_OF_ONES_OWN"
      })
  void aRuleOfRowsSwitchedOffIsFound(Mutant mutant) throws Exception {
    assertRowsFound(mutant, mutant.product);
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource(value = Mutant.class, mode = EnumSource.Mode.MATCH_ALL, names = "ROWS_.*")
  void everyMutantOfRowsIsFound(Mutant mutant) throws Exception {
    assertRowsFound(mutant, mutant.product);
  }

  /**
   * Without those of partitions and of triggers in PL/pgSQL, and without two that were not looked
   * for to the end: conflicts and views.
   */
  @Tag("long")
  @ParameterizedTest
  @EnumSource(
      value = Mutant.class,
      names = {
        "ROWS_OF_OUTER_JOINS",
        "ROWS_OF_RANGES",
        "ROWS_OF_ALTERNATIVES",
        "ROWS_OF_HIDDEN_NAMES",
        "ROWS_ALTERED",
        "ROWS_OF_CASCADES",
        "ROWS_OF_ONES_OWN",
        "ROWS_OF_KEYS"
      })
  void aRuleOfRowsSwitchedOffIsFoundOnMySql(Mutant mutant) throws Exception {
    assertRowsFound(mutant, Product.MYSQL);
  }

  private static void assertRowsFound(Mutant mutant, Product product) throws Exception {
    assertThat(mutant.isOfRows()).isTrue();
    MutantLoader loader = new MutantLoader(mutant.changes);
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    settings.setProperty("larder.admission", "always");
    for (int databases = 1; databases <= DATABASES_OF_ROWS; databases++) {
      if (isFoundByRandomRows(product, loader, settings)) {
        System.out.printf("%s: found in database %d%n", mutant, databases);
        assertThat(loader.notLoaded()).as("changed classes that were not used").isEmpty();
        return;
      }
    }
    fail("%s: every answer was right".formatted(mutant));
  }

  private static boolean isFoundByRandomRows(
      Product product, MutantLoader loader, Properties settings) throws Exception {
    try (TestDatabase database = Databases.fresh(product)) {
      DataSource larder = loader.wrap(database.dataSource(), settings);
      try (AutoCloseable closed = (AutoCloseable) larder;
          Connection cached = larder.getConnection()) {
        assertThat(closed).isNotNull();
        new RandomRows(database, null, () -> {}).run(cached, cached, ROUNDS_OF_ROWS);
        return false;
      } catch (AssertionError found) {
        assertThat(found).hasMessageContaining("after");
        return true;
      }
    }
  }

  private static Properties settings(Mutant mutant) {
    return mutant.isOfUnseenWriters() ? Sources.settingsForAnyWriter() : Sources.settings();
  }

  /** Lets the clients work until there is an anomaly. */
  static void search(String mutant, Run run, Habit[] clients, long seed) throws Exception {
    long start = System.nanoTime();
    while (System.nanoTime() - start < BOUND_SECONDS * 1e9) {
      List<Anomaly> anomalies = run.round(1_000, 5, clients);
      if (!anomalies.isEmpty()) {
        System.out.printf(
            "%s: found in %.1f s, after %d operations: %s%n",
            mutant, (System.nanoTime() - start) / 1e9, run.operations(), anomalies.get(0).kind());
        return;
      }
    }
    fail("%s: no anomaly in %d operations, seed %d".formatted(mutant, run.operations(), seed));
  }

  /** What is found in the mutants is not due to their pauses, nor to so many writes at once. */
  @Tag("long")
  @ParameterizedTest
  @EnumSource(value = Habit.class, mode = EnumSource.Mode.EXCLUDE, names = "ELSEWHERE")
  void pausesAloneShowNothing(Habit habit) throws Exception {
    long seed = HistoryTest.seed("all rules, with pauses: " + habit);
    MutantLoader loader = new MutantLoader(Mutant.PAUSES_ALONE);
    Habit[] clients = sixTimes(habit);
    try (TestDatabase database = HistoryTest.database(Product.POSTGRESQL);
        Run run = new Run(database, driver -> loader.wrap(driver, Sources.settings()), seed)) {
      assertThat(run.round(30_000, 30, clients)).as("seed %d", seed).isEmpty();
      assertThat(loader.notLoaded()).isEmpty();
    }
  }

  private static Habit[] clients(Mutant mutant) {
    if (mutant.isOfUnseenWriters()) {
      return HistoryTest.UNSEEN_WRITERS.clone();
    }
    Habit habit =
        switch (mutant) {
          case NO_CHECK_AFTER_CAPTURE,
              FIRST_READ_FROM_MEMORY,
              SNAPSHOT_MAY_BE_OLD,
              SNAPSHOT_JOINS_ANY_FLIGHT,
              SNAPSHOT_NOT_ASKED_AGAIN,
              NO_MOVE_AT_END ->
              Habit.SNAPSHOTS;
          case SERIALIZABLE_FROM_MEMORY -> Habit.SKEW;
          default -> Habit.ALL;
        };
    return sixTimes(habit);
  }

  static Habit[] sixTimes(Habit habit) {
    Habit[] habits = new Habit[6];
    Arrays.fill(habits, habit);
    return habits;
  }
}
