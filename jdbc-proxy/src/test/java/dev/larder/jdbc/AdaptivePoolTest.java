package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.larder.testkit.Databases;
import dev.larder.testkit.PostgresServer;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
            builder(database)
                .setting(Setting.POOL_ADAPTIVE, "true")
                .setting(Setting.POOL_MAXIMUM_SIZE, "4")
                .setting(Setting.POOL_ADAPTIVE_MAXIMUM_SIZE, "8")
                .build();
        Connection held = larder.getConnection()) {
      long backend = number(held, "select pg_backend_pid()");
      List<Thread> clients = clients(larder);
      await(larder, pool -> pool.maximum() > 4);
      stop(clients);
      assertThat(larder.statistics().pool().changes()).isPositive();
      await(larder, pool -> pool.maximum() <= 4);
      assertThat(number(held, "select pg_backend_pid()")).isEqualTo(backend);
    }
  }

  @Test
  void aFixedPoolStaysAsItWasSet() throws SQLException {
    try (TestDatabase database = Databases.postgres();
        LarderDataSource larder =
            builder(database).setting(Setting.POOL_MAXIMUM_SIZE, "7").build();
        Connection connection = larder.getConnection()) {
      number(connection, "select 1");
      Statistics.Pool pool = larder.statistics().pool();
      assertThat(pool.maximum()).isEqualTo(7);
      assertThat(pool.reason()).isEqualTo("it is fixed");
    }
  }

  @Test
  void aPoolThatIsWrappedIsLeftAlone() throws SQLException {
    Properties settings = new Properties();
    settings.setProperty(Setting.POOL_ADAPTIVE.property(), "on");
    try (TestDatabase database = Databases.postgres();
        HikariDataSource own = new HikariDataSource()) {
      own.setDataSource(database.dataSource());
      own.setMaximumPoolSize(3);
      try (LarderDataSource larder = LarderDataSource.wrap(own, settings);
          Connection connection = larder.getConnection()) {
        number(connection, "select 1");
        assertThat(larder.statistics().pool().maximum()).isEqualTo(3);
        assertThat(larder.statistics().pool().reason()).isEqualTo("it is fixed");
      }
      assertThat(own.isClosed()).isFalse();
    }
  }

  @Test
  void whoGivesNoSizeGetsAPoolThatFindsIt() throws SQLException {
    try (TestDatabase database = Databases.postgres();
        LarderDataSource larder = builder(database).build();
        Connection connection = larder.getConnection()) {
      number(connection, "select 1");
      assertThat(larder.statistics().pool().maximum()).isEqualTo(10);
      assertThat(larder.statistics().pool().reason()).isNotEqualTo("it is fixed");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"off", "false"})
  void offIsAPoolOfTheDefaultSize(String off) throws SQLException {
    try (TestDatabase database = Databases.postgres();
        LarderDataSource larder = builder(database).setting(Setting.POOL_ADAPTIVE, off).build();
        Connection connection = larder.getConnection()) {
      number(connection, "select 1");
      assertThat(larder.statistics().pool().reason()).isEqualTo("it is fixed");
    }
  }

  /** Eighteen connections for everybody: two nodes with more callers than that share them. */
  @Test
  @Tag("long")
  void twoNodesShareTheServersConnections() throws Exception {
    try (PostgresServer server =
            Databases.postgresServer(
                Map.of("max_connections", "25", "superuser_reserved_connections", "3"));
        TestDatabase database = server.fresh();
        LarderDataSource one = node(database, "one");
        LarderDataSource two = node(database, "two")) {
      List<Thread> first = clients(one);
      await(one, pool -> pool.maximum() > 9);
      List<Thread> second = clients(two);
      await(
          two,
          pool -> pool.maximum() >= 6 && one.statistics().pool().maximum() <= pool.maximum() + 4);
      System.out.printf(
          "%d and %d of 22 connections%n",
          one.statistics().pool().maximum(), two.statistics().pool().maximum());
      assertThat(one.statistics().pool().active() + two.statistics().pool().active())
          .isLessThanOrEqualTo(20);
      stop(first);
      stop(second);
    }
  }

  private static LarderDataSource node(TestDatabase database, String name) {
    return builder(database)
        .driverProperty("ApplicationName", name)
        .setting(Setting.POOL_ADAPTIVE, "on")
        .setting(Setting.POOL_MAXIMUM_SIZE, "4")
        .setting(Setting.POOL_NODES, "2")
        .build();
  }

  private static LarderDataSource.Builder builder(TestDatabase database) {
    return LarderDataSource.builder()
        .url(database.url())
        .username(database.username())
        .password(database.password());
  }

  private List<Thread> clients(LarderDataSource larder) {
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new Thread(() -> ask(larder), "client-" + i));
    }
    clients.forEach(Thread::start);
    return clients;
  }

  private void stop(List<Thread> clients) throws InterruptedException {
    over = true;
    for (Thread client : clients) {
      client.join();
    }
    assertThat(failures).isEmpty();
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
