package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** With {@code larder.serve=off} the database answers, and what memory would have is counted. */
final class ShadowTest {

  private static final String BY_ID = "select n from t where id = ?";
  private static final int ROUNDS = 400;

  private static LarderDataSource larder(TestDatabase database, String... more) {
    LarderDataSource.Builder builder =
        LarderDataSource.builder()
            .url(database.url())
            .username(database.username())
            .password(database.password())
            .setting(Setting.WRITERS, "this-jvm")
            .setting(Setting.ADMISSION, "always");
    for (int i = 0; i < more.length; i += 2) {
      builder.setting(Setting.valueOf(more[i]), more[i + 1]);
    }
    return builder.build();
  }

  private static void table(TestDatabase database) {
    database.execute("create table t (id int primary key, n int)");
    for (int id = 0; id < 10; id++) {
      database.execute("insert into t values (" + id + ", 0)");
    }
  }

  private static int read(Connection connection, int id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BY_ID)) {
      statement.setInt(1, id);
      try (ResultSet row = statement.executeQuery()) {
        assertThat(row.next()).isTrue();
        return row.getInt(1);
      }
    }
  }

  private static long notServed(LarderDataSource larder) {
    return larder.statistics().bypasses().getOrDefault(BypassReason.NOT_SERVED, 0L);
  }

  @EachDatabase
  void theDatabaseAnswersWhateverMemoryHolds(TestDatabase database) throws SQLException {
    table(database);
    try (LarderDataSource larder = larder(database, "SERVE", "off");
        Connection connection = larder.getConnection()) {
      assertThat(read(connection, 1)).isZero();
      assertThat(read(connection, 1)).isZero();
      assertThat(notServed(larder)).isEqualTo(1);
      assertThat(larder.statistics().entries()).isEqualTo(1);
      // Behind the back of larder.writers=this-jvm: memory would be wrong now.
      database.execute("update t set n = 5 where id = 1");
      assertThat(read(connection, 1)).isEqualTo(5);
      assertThat(larder.statistics().hits()).isZero();
      assertThat(larder.explain(BY_ID).cached()).isTrue();
    }
  }

  /** The same statements, drawn from one seed, with and without. */
  @EachDatabase
  void itCountsWhatServingWouldHaveAnswered(TestDatabase database) throws SQLException {
    table(database);
    long seed = Long.getLong("larder.test.seed", System.nanoTime());
    long served;
    try (LarderDataSource larder = larder(database)) {
      work(larder, new Random(seed));
      served = larder.statistics().hits();
    }
    database.execute("update t set n = 0");
    try (LarderDataSource larder = larder(database, "SERVE", "off")) {
      work(larder, new Random(seed));
      // Not the same: whether definitions are asked for again depends on the clock.
      assertThat(notServed(larder))
          .as("seed %d", seed)
          .isBetween(served * 9 / 10, served * 11 / 10)
          .isPositive();
    }
  }

  private static void work(LarderDataSource larder, Random random) throws SQLException {
    try (Connection connection = larder.getConnection();
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < ROUNDS; i++) {
        int id = random.nextInt(10);
        if (random.nextInt(5) == 0) {
          statement.executeUpdate("update t set n = n + 1 where id = " + id);
        } else {
          read(connection, id);
        }
      }
    }
  }

  @EachDatabase
  void anAuditComparesWhatWouldHaveBeenServed(TestDatabase database) throws Exception {
    table(database);
    try (LarderDataSource larder = larder(database, "SERVE", "off", "AUDIT_SAMPLE", "1");
        Connection connection = larder.getConnection()) {
      read(connection, 1);
      read(connection, 1);
      awaitAudited(larder, 1);
      assertThat(larder.statistics().auditMismatches()).isZero();
      database.execute("update t set n = 5 where id = 1");
      read(connection, 1);
      awaitAudited(larder, 2);
      assertThat(larder.statistics().auditMismatches()).isEqualTo(1);
      assertThat(read(connection, 1)).isEqualTo(5);
    }
  }

  private static void awaitAudited(LarderDataSource larder, long times) {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (larder.statistics().audited() < times) {
      assertThat(System.nanoTime()).as("audited").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  /** An answer that another caller has just loaded would be one from memory. */
  @EachDatabase
  void callersDoNotShareAnExecution(TestDatabase database) throws Exception {
    table(database);
    int callers = 8;
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try (LarderDataSource larder = larder(database, "SERVE", "off")) {
      for (int id = 0; id < 10; id++) {
        CyclicBarrier together = new CyclicBarrier(callers);
        int asked = id;
        Callable<Integer> reading =
            () -> {
              try (Connection connection = larder.getConnection()) {
                together.await();
                return read(connection, asked);
              }
            };
        List<Callable<Integer>> readings = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
          readings.add(reading);
        }
        for (Future<Integer> read : threads.invokeAll(readings)) {
          assertThat(read.get()).isZero();
        }
      }
      assertThat(larder.statistics().joinedFlights()).isZero();
      Map<BypassReason, Long> bypasses = larder.statistics().bypasses();
      long asked = larder.statistics().misses();
      for (long each : bypasses.values()) {
        asked += each;
      }
      assertThat(asked).isEqualTo(10L * callers);
    } finally {
      threads.shutdownNow();
    }
  }
}
