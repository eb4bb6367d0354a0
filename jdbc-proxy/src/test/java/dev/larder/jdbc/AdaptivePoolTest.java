package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * The adaptive pool above a real server: it grows, it shrinks, and it takes nobody's connection.
 */
final class AdaptivePoolTest {

  private static final int CLIENTS = 20;

  private final Queue<SQLException> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean over;

  @Test
  void growsUnderWaitersAndShrinksWithoutThem() throws Exception {
    try (TestDatabase database = Databases.postgres();
        LarderDataSource larder =
            LarderDataSource.builder()
                .url(database.url())
                .username(database.username())
                .password(database.password())
                .setting(Setting.POOL_ADAPTIVE, "true")
                .setting(Setting.POOL_MAXIMUM_SIZE, "4")
                .setting(Setting.POOL_ADAPTIVE_MAXIMUM_SIZE, "8")
                .build();
        Connection held = larder.getConnection()) {
      long backend = number(held, "select pg_backend_pid()");
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(new Thread(() -> ask(larder), "client-" + i));
      }
      clients.forEach(Thread::start);
      await(larder, pool -> pool.maximum() > 4);
      over = true;
      for (Thread client : clients) {
        client.join();
      }
      assertThat(failures).isEmpty();
      assertThat(larder.statistics().pool().changes()).isPositive();
      // One of them is in use, which is more than 30 % of fewer than four.
      await(larder, pool -> pool.maximum() == 3);
      assertThat(number(held, "select pg_backend_pid()")).isEqualTo(backend);
    }
  }

  @Test
  void aFixedPoolStaysAsItWasSet() throws SQLException {
    try (TestDatabase database = Databases.postgres();
        LarderDataSource larder =
            LarderDataSource.builder()
                .url(database.url())
                .username(database.username())
                .password(database.password())
                .setting(Setting.POOL_MAXIMUM_SIZE, "7")
                .build();
        Connection connection = larder.getConnection()) {
      number(connection, "select 1");
      Statistics.Pool pool = larder.statistics().pool();
      assertThat(pool.maximum()).isEqualTo(7);
      assertThat(pool.reason()).isEqualTo("it is fixed");
    }
  }

  private void ask(LarderDataSource larder) {
    while (!over) {
      try (Connection connection = larder.getConnection()) {
        number(connection, "select 1 from pg_sleep(0.01)");
      } catch (SQLException e) {
        failures.add(e);
      }
    }
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void await(LarderDataSource larder, Predicate<Statistics.Pool> condition)
      throws InterruptedException {
    long limit = System.nanoTime() + 120_000_000_000L;
    while (!condition.test(larder.statistics().pool())) {
      assertThat(System.nanoTime()).as("%s", larder.statistics().pool()).isLessThan(limit);
      Thread.sleep(10);
    }
  }
}
