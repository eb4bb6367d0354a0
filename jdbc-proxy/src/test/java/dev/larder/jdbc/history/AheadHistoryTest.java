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
 * What is loaded before it is asked for, after a commit, as a pinned table or by what was asked
 * before, shows nobody anything that the database could not have shown. Every answer that was out
 * of date once has the right to be loaded here, and so has every guess, or few would be.
 */
final class AheadHistoryTest {

  private static final Map<String, List<AsmVisitorWrapper>> EAGER_TO_REFRESH =
      Map.of(
          "dev.larder.jdbc.internal.ahead.Usefulness",
          List.of(
              Mutant.in("hasRight", Mutant.Yes.class), Mutant.in("isForgotten", Mutant.No.class)));

  private static final Map<String, List<AsmVisitorWrapper>> EAGER_TO_FORESEE =
      Map.of(
          "dev.larder.jdbc.internal.prefetch.Experience",
          List.of(
              Mutant.in("allows", Mutant.Yes.class), Mutant.in("isWorthATry", Mutant.Yes.class)),
          "dev.larder.jdbc.internal.prefetch.LookedUp",
          List.of(Mutant.in("isWorthLooking", Mutant.Yes.class)));

  /** How many operations it may take longer for that. */
  private static final long MORE = 100_000;

  /** What must have been of use, by its name in {@code SHOW LARDER STATUS}. */
  private static final List<String> USED =
      List.of("refreshes_used", "prefetched_used", "pinned_look_ups");

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
    Map<String, List<AsmVisitorWrapper>> eager = new HashMap<>(EAGER_TO_REFRESH);
    eager.putAll(EAGER_TO_FORESEE);
    MutantLoader loader = new MutantLoader(eager);
    Habit[] clients = new Habit[8];
    Arrays.fill(clients, Habit.ALL);
    Arrays.fill(clients, 4, 7, Habit.FORESEEN);
    clients[7] = Habit.SNAPSHOTS;
    try (TestDatabase database = HistoryTest.database(product);
        Run run = new Run(database, driver -> loader.wrap(driver, settings()), seed)) {
      long start = System.nanoTime();
      boolean used = false;
      // It goes on until everything has been of use.
      while (run.operations() < (used ? most : most + MORE)
          && (System.nanoTime() - start < seconds * 1e9 || !used)) {
        List<Anomaly> anomalies = run.round(20_000, seconds, clients);
        assertThat(anomalies.stream().limit(5).toList()).as("seed %d", seed).isEmpty();
        used = hasUsedAll(run.source());
      }
      System.out.printf(
          "%s: %d operations in %.0f s, %d commits without an answer; refreshed %d, %d of them"
              + " used; ahead %d by %d statements, %d of them used; pinned look-ups %d%n",
          product,
          run.operations(),
          (System.nanoTime() - start) / 1e9,
          run.struck(),
          status(run.source(), "refreshes"),
          status(run.source(), "refreshes_used"),
          status(run.source(), "prefetched"),
          status(run.source(), "prefetches"),
          status(run.source(), "prefetched_used"),
          status(run.source(), "pinned_look_ups"));
      assertThat(used).as("all was of use: %s", USED).isTrue();
      assertThat(status(run.source(), "failures")).isZero();
    }
  }

  private static boolean hasUsedAll(DataSource source) throws SQLException {
    for (String name : USED) {
      if (status(source, name) == 0) {
        return false;
      }
    }
    return true;
  }

  /** The one rule that there is: what waits is served by its stamp, like everything else. */
  @Test
  void anAnswerThatWaitsWithoutAStampIsFound() throws Exception {
    long seed = HistoryTest.seed("loaded ahead without stamps");
    Map<String, List<AsmVisitorWrapper>> changes = new HashMap<>(EAGER_TO_REFRESH);
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
    settings.setProperty("larder.prefetch", "on");
    settings.setProperty("larder.tables.pin", "price");
    settings.setProperty("larder.stale-on-error", "1m");
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
