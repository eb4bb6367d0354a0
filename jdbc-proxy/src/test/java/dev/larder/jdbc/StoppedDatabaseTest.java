package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.Databases;
import dev.larder.testkit.OwnServer;
import dev.larder.testkit.PostgresServer;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database that is stopped under load and comes back. */
final class StoppedDatabaseTest {

  private static final int KEYS = 100;
  private static final int READERS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void hotReadsGoOnWhileItIsAway() throws Exception {
    run(Product.POSTGRESQL, Duration.ofSeconds(3));
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource(value = Product.class, mode = EnumSource.Mode.EXCLUDE, names = "H2")
  void forHalfAMinute(Product product) throws Exception {
    run(product, Duration.ofSeconds(30));
  }

  /** What a source had proven to hold until it was lost counts from there, however old it is. */
  @Test
  void aSourceIsLostWithIt() throws Exception {
    try (PostgresServer server = Databases.postgresServer();
        TestDatabase database = server.fresh();
        LarderDataSource larder =
            LarderDataSource.builder()
                .url(database.url())
                .username(database.username())
                .password(database.password())
                .setting(Setting.MAX_STALENESS, "500ms")
                .setting(Setting.ADMISSION, "always")
                .setting(Setting.INVALIDATION_POSTGRES, "logical")
                .setting(Setting.POOL_CONNECTION_TIMEOUT, "1s")
                .setting(Setting.STALE_ON_ERROR, "3s")
                .build()) {
      database.execute(
          "create table book (id int primary key, n int)", "insert into book values (1, 1)");
      long end = System.nanoTime() + PATIENCE.toNanos();
      long readAt = System.nanoTime();
      // It is old by far, and still a hit.
      while (System.nanoTime() - readAt < Duration.ofSeconds(6).toNanos()) {
        assertThat(System.nanoTime()).isLessThan(end);
        long misses = larder.statistics().misses();
        assertThat(Readers.isWarned(larder, 1)).isFalse();
        if (larder.statistics().misses() > misses) {
          readAt = System.nanoTime();
        }
        LockSupport.parkNanos(10_000_000);
      }
      server.kill();
      long killed = System.nanoTime();
      boolean warned = false;
      try {
        while (true) {
          warned |= Readers.isWarned(larder, 1);
          assertThat(System.nanoTime() - killed).isLessThan(Duration.ofSeconds(6).toNanos());
          LockSupport.parkNanos(10_000_000);
        }
      } catch (SQLException over) {
        assertThat(warned).isTrue();
        assertThat(System.nanoTime() - killed).isGreaterThan(Duration.ofSeconds(2).toNanos());
      }
      server.restart();
    }
  }

  private static void run(Product product, Duration away) throws Exception {
    try (OwnServer server = Databases.server(product);
        TestDatabase database = server.fresh();
        LarderDataSource larder =
            LarderDataSource.builder()
                .url(database.url())
                .username(database.username())
                .password(database.password())
                .setting(Setting.MAX_STALENESS, "500ms")
                .setting(Setting.ADMISSION, "always")
                .setting(Setting.STALE_ON_ERROR, "2m")
                .build()) {
      database.execute(
          "create table book (id int primary key, n int)",
          IntStream.rangeClosed(1, KEYS)
              .mapToObj(key -> "(" + key + ", " + key + ")")
              .collect(Collectors.joining(", ", "insert into book values ", "")));
      Readers readers = new Readers(larder);
      readers.start();
      readers.until(() -> larder.statistics().hits() > 10 * KEYS);
      long answeredBefore = readers.answered.sum();
      server.kill();
      LockSupport.parkNanos(away.toNanos());
      long failed = readers.failed.sum();
      long answered = readers.answered.sum() - answeredBefore;
      server.restart();
      long back = System.nanoTime();
      long fresh = readers.fresh.sum();
      // Each key is read from the database again.
      readers.until(() -> readers.fresh.sum() > fresh && isFresh(larder));
      System.out.printf(
          "%s, away for %d ms: %d reads answered, %d failed, %d served past the bound; from the"
              + " database again %d ms after its return%n",
          product,
          away.toMillis(),
          answered,
          failed,
          larder.statistics().servedPastBound(),
          (System.nanoTime() - back) / 1_000_000);
      readers.stop();
      assertThat((double) failed / (failed + answered)).isLessThanOrEqualTo(0.01);
      assertThat(readers.warned.sum()).isPositive();
      // Those that this thread has seen are counted too.
      assertThat(larder.statistics().servedPastBound())
          .isGreaterThanOrEqualTo(readers.warned.sum());
      assertThat(readers.wrong.get()).isNull();
      assertThat(larder.statistics().failures()).isZero();
    }
  }

  /** Whether what has to be read from the database is. */
  private static boolean isFresh(LarderDataSource larder) {
    try {
      for (int key = 1; key <= KEYS; key++) {
        if (Readers.isWarned(larder, key)) {
          return false;
        }
      }
      return true;
    } catch (SQLException notYet) {
      return false;
    }
  }

  private static final class Readers {

    final LongAdder answered = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder warned = new LongAdder();
    final LongAdder fresh = new LongAdder();
    final AtomicReference<@Nullable String> wrong = new AtomicReference<>();
    private final LarderDataSource larder;
    private final AtomicBoolean ends = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();

    Readers(LarderDataSource larder) {
      this.larder = larder;
    }

    void start() {
      for (int i = 0; i < READERS; i++) {
        int first = i;
        Thread thread = new Thread(() -> read(first));
        threads.add(thread);
        thread.start();
      }
    }

    private void read(int first) {
      for (int i = first; !ends.get(); i++) {
        try {
          if (isWarned(larder, 1 + i % KEYS)) {
            warned.increment();
          } else {
            fresh.increment();
          }
          answered.increment();
        } catch (SQLException e) {
          failed.increment();
        } catch (RuntimeException | AssertionError e) {
          wrong.set(e.toString());
        }
        LockSupport.parkNanos(200_000);
      }
    }

    static boolean isWarned(LarderDataSource larder, int key) throws SQLException {
      try (Connection connection = larder.getConnection();
          PreparedStatement statement =
              connection.prepareStatement("select n from book where id = ?")) {
        statement.setInt(1, key);
        try (ResultSet row = statement.executeQuery()) {
          assertThat(row.next()).isTrue();
          assertThat(row.getInt(1)).isEqualTo(key);
          return row.getWarnings() != null;
        }
      }
    }

    void until(java.util.function.BooleanSupplier condition) {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!condition.getAsBoolean()) {
        assertThat(System.nanoTime()).isLessThan(end);
        LockSupport.parkNanos(1_000_000);
      }
    }

    void stop() throws InterruptedException {
      ends.set(true);
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }
}
