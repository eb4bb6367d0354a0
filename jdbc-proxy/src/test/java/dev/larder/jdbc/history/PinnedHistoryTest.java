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
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.asm.MemberSubstitution;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nobody who looks a row of a pinned table up sees less than was committed before. */
final class PinnedHistoryTest {

  private static final int ROWS = 50;
  private static final int READERS = 4;
  private static final double SECONDS = 3;
  private static final double MOST_SECONDS = 60;

  @ParameterizedTest
  @EnumSource(Product.class)
  void whatIsLookedUpIsNeverOlder(Product product) throws Exception {
    MutantLoader loader = new MutantLoader(Map.of());
    assertThat(found(product, loader, SECONDS)).isNull();
  }

  @Test
  void aTableThatIsNotAskedForItsStampIsFound() throws Exception {
    AsmVisitorWrapper always =
        MemberSubstitution.relaxed()
            .method(named("isCurrent").and(takesArguments(1)))
            .replaceWith(Injected.class.getMethod("yes", Object.class, long.class))
            .on(named("answer"));
    MutantLoader loader =
        new MutantLoader(Map.of("dev.larder.jdbc.internal.pin.LookUp", List.of(always)));
    assertThat(found(Product.POSTGRESQL, loader, MOST_SECONDS)).contains("was committed");
    assertThat(loader.notLoaded()).isEmpty();
  }

  /** What was wrong, or null. */
  private static @Nullable String found(Product product, MutantLoader loader, double seconds)
      throws Exception {
    long seed = HistoryTest.seed(product + " pinned");
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
        long lookUps = AheadHistoryTest.status(source, "pinned_look_ups");
        System.out.printf(
            "%s: %d reads, %d first answered by the pinned table%n",
            product, clients.reads.sum(), lookUps);
        assertThat(lookUps).isPositive();
        assertThat(AheadHistoryTest.status(source, "failures")).isZero();
      }
    }
    return wrong.get();
  }

  private static Properties settings() {
    Properties settings = Sources.settings();
    settings.setProperty("larder.tables.pin", "register");
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
          int row = random.nextInt(ROWS);
          if (writes) {
            write(row);
            // Long enough for the table to be read between two writes.
            Thread.sleep(random.nextInt(40));
          } else {
            read(row);
            LockSupport.parkNanos(random.nextInt(200_000));
          }
        }
      } catch (SQLException | RuntimeException | InterruptedException e) {
        wrong.set(e.toString());
      }
    }

    /** Half of the rows at once, so that some are asked for when the table has been read again. */
    private void write(int row) throws SQLException {
      int end = Math.min(ROWS, row + ROWS / 2);
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

    private void read(int row) throws SQLException {
      long least = committed.get(row);
      long seen;
      try (Connection connection = source.getConnection();
          PreparedStatement query =
              connection.prepareStatement("select n from register where id = ?")) {
        query.setInt(1, row);
        try (ResultSet rows = query.executeQuery()) {
          seen = rows.next() ? rows.getLong(1) : -1;
        }
      }
      reads.increment();
      if (seen < least || seen > begun.get(row)) {
        wrong.set("row " + row + " has " + seen + " where " + least + " was committed");
      }
    }
  }
}
