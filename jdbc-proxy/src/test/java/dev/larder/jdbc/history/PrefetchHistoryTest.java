package dev.larder.jdbc.history;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.asm.MemberSubstitution;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Nobody who goes through the rows of a list sees less than was committed before, though most of
 * what they look up was loaded for them by one statement. All that was loaded is of use here, or
 * little would be loaded.
 */
final class PrefetchHistoryTest {

  private static final int ROWS = 60;
  private static final int READERS = 3;
  private static final double SECONDS = 3;
  private static final double MOST_SECONDS = 90;

  private static final String EXPERIENCE = "dev.larder.jdbc.internal.prefetch.Experience";
  private static final AsmVisitorWrapper ALLOWED = Mutant.in("allows", Mutant.Yes.class);

  @ParameterizedTest
  @EnumSource(Product.class)
  void whatIsLookedUpIsNeverOlder(Product product) throws Exception {
    MutantLoader loader = new MutantLoader(Map.of(EXPERIENCE, List.of(ALLOWED)));
    assertThat(found(product, loader, SECONDS)).isNull();
  }

  /** As if the stamps had been taken when the answers were there. */
  @Test
  void stampsThatAreTakenAfterTheStatementAreFound() throws Exception {
    AsmVisitorWrapper always =
        MemberSubstitution.relaxed()
            .method(named("isCurrent").and(takesArguments(0)))
            .replaceWith(Injected.class.getMethod("yes", Object.class))
            .on(named("keep"));
    MutantLoader loader =
        new MutantLoader(
            Map.of(
                EXPERIENCE,
                List.of(ALLOWED),
                "dev.larder.jdbc.internal.execution.BatchLoad",
                List.of(always)));
    assertThat(found(Product.POSTGRESQL, loader, MOST_SECONDS)).contains("was committed");
    assertThat(loader.notLoaded()).isEmpty();
  }

  /** What was wrong, or null. */
  private static @Nullable String found(Product product, MutantLoader loader, double seconds)
      throws Exception {
    long seed = HistoryTest.seed(product + " prefetched");
    AtomicReference<@Nullable String> wrong = new AtomicReference<>();
    try (TestDatabase database = HistoryTest.database(product)) {
      database.execute("create table register (id int primary key, n bigint)");
      for (int id = 0; id < ROWS; id++) {
        database.execute("insert into register values (" + id + ", 0)");
      }
      DataSource source = loader.wrap(Sources.driver(database, null), settings());
      try (AutoCloseable closed = (AutoCloseable) source) {
        assertThat(closed).isNotNull();
        Clients clients = new Clients(source, wrong, System.nanoTime() + (long) (seconds * 1e9));
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i <= READERS; i++) {
          RandomGenerator random = new java.util.SplittableRandom(seed + i);
          boolean writes = i == 0;
          threads.add(new Thread(() -> clients.run(random, writes)));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
          thread.join();
        }
        long used = AheadHistoryTest.status(source, "prefetched_used");
        System.out.printf(
            "%s: %d reads, %d loaded for them by %d statements, %d of them used%n",
            product,
            clients.reads.sum(),
            AheadHistoryTest.status(source, "prefetched"),
            AheadHistoryTest.status(source, "prefetches"),
            used);
        assertThat(used).isPositive();
        assertThat(AheadHistoryTest.status(source, "failures")).isZero();
      }
    }
    return wrong.get();
  }

  private static Properties settings() {
    Properties settings = Sources.settings();
    settings.setProperty("larder.prefetch", "on");
    settings.setProperty("larder.pool.maximum-size", "16");
    return settings;
  }

  private record Clients(
      DataSource source,
      AtomicReference<@Nullable String> wrong,
      long end,
      AtomicLongArray begun,
      AtomicLongArray committed,
      LongAdder reads) {

    Clients(DataSource source, AtomicReference<@Nullable String> wrong, long end) {
      this(
          source,
          wrong,
          end,
          new AtomicLongArray(ROWS),
          new AtomicLongArray(ROWS),
          new LongAdder());
    }

    void run(RandomGenerator random, boolean writes) {
      try {
        while (wrong.get() == null && System.nanoTime() - end < 0) {
          if (writes) {
            write(random.nextInt(ROWS));
            // Long enough for some of the rows to be looked up between two writes.
            Thread.sleep(random.nextInt(6));
          } else {
            goThrough(random.nextInt(ROWS / 2));
          }
        }
      } catch (SQLException | RuntimeException | InterruptedException e) {
        wrong.set(e.toString());
      }
    }

    private void write(int row) throws SQLException {
      int end = Math.min(ROWS, row + ROWS / 4);
      for (int i = row; i < end; i++) {
        begun.incrementAndGet(i);
      }
      try (Connection connection = source.getConnection();
          PreparedStatement update =
              connection.prepareStatement(
                  "update register set n = n + 1 where id >= ? and id < ?")) {
        update.setInt(1, row);
        update.setInt(2, end);
        update.executeUpdate();
      }
      for (int i = row; i < end; i++) {
        committed.incrementAndGet(i);
      }
    }

    private void goThrough(int from) throws SQLException {
      try (Connection connection = source.getConnection();
          PreparedStatement list =
              connection.prepareStatement("select id from register where id >= ? order by id");
          PreparedStatement query =
              connection.prepareStatement("select n from register where id = ?")) {
        list.setInt(1, from);
        List<Integer> rows = new ArrayList<>();
        try (ResultSet found = list.executeQuery()) {
          while (found.next()) {
            rows.add(found.getInt(1));
          }
        }
        for (int row : rows) {
          read(query, row);
        }
      }
    }

    private void read(PreparedStatement query, int row) throws SQLException {
      long least = committed.get(row);
      long seen;
      query.setInt(1, row);
      try (ResultSet rows = query.executeQuery()) {
        seen = rows.next() ? rows.getLong(1) : -1;
      }
      reads.increment();
      if (seen < least || seen > begun.get(row)) {
        wrong.set("row " + row + " has " + seen + " where " + least + " was committed");
      }
    }
  }
}
