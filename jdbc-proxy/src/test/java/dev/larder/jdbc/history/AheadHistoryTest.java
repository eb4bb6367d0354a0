package dev.larder.jdbc.history;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.history.Client.Habit;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.asm.MemberSubstitution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is loaded before it is asked for shows nobody anything that the database could not have
 * shown. Every answer that was out of date once has the right to be loaded here, or few would be.
 */
final class AheadHistoryTest {

  private static final Map<String, List<AsmVisitorWrapper>> EAGER =
      Map.of(
          "dev.larder.jdbc.internal.ahead.Usefulness",
          List.of(
              Mutant.in("hasRight", Mutant.Yes.class), Mutant.in("isForgotten", Mutant.No.class)));

  @ParameterizedTest
  @EnumSource(Product.class)
  void someThousandOperations(Product product) throws Exception {
    assertNothingIsFound(product, 8_000, 2.5);
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource(Product.class)
  void aMillionOperations(Product product) throws Exception {
    assertNothingIsFound(product, Integer.getInteger("larder.test.steps", 1_000_000), 3_600);
  }

  private static void assertNothingIsFound(Product product, long most, double seconds)
      throws Exception {
    long seed = HistoryTest.seed(product + " loaded ahead");
    MutantLoader loader = new MutantLoader(EAGER);
    Habit[] clients = new Habit[8];
    Arrays.fill(clients, Habit.ALL);
    clients[5] = Habit.SNAPSHOTS;
    try (TestDatabase database = HistoryTest.database(product);
        Run run = new Run(database, driver -> loader.wrap(driver, settings()), seed)) {
      long start = System.nanoTime();
      long used = 0;
      while (run.operations() < most && (System.nanoTime() - start < seconds * 1e9 || used == 0)) {
        List<Anomaly> anomalies = run.round(20_000, seconds, clients);
        assertThat(anomalies.stream().limit(5).toList()).as("seed %d", seed).isEmpty();
        used = status(run.source(), "refreshes_used");
      }
      System.out.printf(
          "%s: %d operations, %d answers loaded ahead, %d of them used%n",
          product, run.operations(), status(run.source(), "refreshes"), used);
      assertThat(used).as("answers that were loaded ahead").isPositive();
      assertThat(status(run.source(), "failures")).isZero();
    }
  }

  /** The one rule that there is: what waits is served by its stamp, like everything else. */
  @Test
  void anAnswerThatWaitsWithoutAStampIsFound() throws Exception {
    long seed = HistoryTest.seed("loaded ahead without stamps");
    Map<String, List<AsmVisitorWrapper>> changes = new HashMap<>(EAGER);
    changes.put("dev.larder.jdbc.internal.ahead.HotAnswer", List.of(anyEntryIsCurrent("handOver")));
    changes.put(
        "dev.larder.jdbc.internal.store.AnswerStore", List.of(anyEntryIsCurrent("loadedAhead")));
    MutantLoader loader = new MutantLoader(changes);
    Habit[] clients = new Habit[6];
    Arrays.fill(clients, Habit.ALL);
    try (TestDatabase database = HistoryTest.database(Product.POSTGRESQL);
        Run run = new Run(database, driver -> loader.wrap(driver, settings()), seed)) {
      MutantsTest.search("answers without stamps", run, clients, seed);
      assertThat(loader.notLoaded()).isEmpty();
    }
  }

  private static AsmVisitorWrapper anyEntryIsCurrent(String method) throws NoSuchMethodException {
    return MemberSubstitution.relaxed()
        .method(named("isCurrent").and(takesArguments(1)))
        .replaceWith(Injected.class.getMethod("yes", Object.class, long.class))
        .on(named(method));
  }

  private static Properties settings() {
    Properties settings = Sources.settings();
    settings.setProperty("larder.refresh", "on");
    settings.setProperty("larder.refresh.max-load", "1");
    return settings;
  }

  static long status(DataSource source, String name) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW LARDER STATUS")) {
      while (rows.next()) {
        if (rows.getString("name").equals(name)) {
          return Long.parseLong(rows.getString("value"));
        }
      }
    }
    throw new AssertionError("SHOW LARDER STATUS says nothing of " + name);
  }
}
