package dev.larder.jdbc.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.larder.jdbc.internal.settings.JdbcUrl;
import dev.larder.jdbc.internal.settings.PoolSettings;
import dev.larder.jdbc.internal.settings.Settings;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.net.ConnectException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class PoolTest {
  private final AtomicInteger profiles = new AtomicInteger();

  @EachDatabase
  void opensNothingBeforeTheFirstBorrowAndProfilesEachConnectionOnce(TestDatabase database)
      throws SQLException {
    try (Pool<Integer> pool = pool(url(database), "2")) {
      assertThat(pool.total()).isZero();
      PhysicalConnection<Integer> first = pool.borrow();
      PhysicalConnection<Integer> second = pool.borrow();
      Set<String> sessions = new HashSet<>();
      sessions.add(session(first.connection(), database));
      sessions.add(session(second.connection(), database));
      assertThat(sessions).hasSize(2);
      assertThat(first.profile()).isNotEqualTo(second.profile());
      assertThat(pool.active()).isEqualTo(2);

      first.release();
      second.release();
      for (int i = 0; i < 5; i++) {
        PhysicalConnection<Integer> again = pool.borrow();
        assertThat(sessions).contains(session(again.connection(), database));
        assertThat(again.profile()).isBetween(1, 2);
        again.release();
      }
      assertThat(profiles).hasValue(2);
      assertThat(pool.borrows()).isEqualTo(7);
      assertThat(pool.idle()).isEqualTo(2);
    }
  }

  @EachDatabase
  void aDiscardedConnectionIsNeverLentAgain(TestDatabase database) throws SQLException {
    try (Pool<Integer> pool = pool(url(database), "1")) {
      neverLendsAgain(pool, database);
    }
  }

  @EachDatabase
  void aDiscardedConnectionOfAPlainDataSourceIsNeverLentAgain(TestDatabase database)
      throws SQLException {
    Origin origin = Origin.of(database.dataSource());
    assertThat(origin).isInstanceOf(Origin.Plain.class);
    try (Pool<Integer> pool = pool(origin, "1")) {
      neverLendsAgain(pool, database);
    }
  }

  @EachDatabase
  void aDiscardedConnectionOfAPoolOfTheApplicationIsNeverLentAgain(TestDatabase database)
      throws SQLException {
    try (HikariDataSource hikari = new HikariDataSource()) {
      hikari.setDataSource(database.dataSource());
      hikari.setMaximumPoolSize(1);
      Origin origin = Origin.of(hikari);
      assertThat(origin).isInstanceOf(Origin.Given.class);
      try (Pool<Integer> pool = pool(origin, "1")) {
        neverLendsAgain(pool, database);
        assertThat(pool.total()).isEqualTo(hikari.getHikariPoolMXBean().getTotalConnections());
      }
      assertThat(hikari.isClosed()).isFalse();
    }
  }

  private static void neverLendsAgain(Pool<Integer> pool, TestDatabase database)
      throws SQLException {
    Set<String> sessions = new HashSet<>();
    Set<Integer> profiles = new HashSet<>();
    for (int i = 0; i < 4; i++) {
      PhysicalConnection<Integer> connection = pool.borrow();
      sessions.add(session(connection.connection(), database));
      profiles.add(connection.profile());
      connection.discard();
      connection.discard();
      connection.release();
    }
    assertThat(sessions).hasSize(4);
    assertThat(profiles).hasSize(4);
  }

  @EachDatabase
  void whatWasNotCommittedIsRolledBackWhenTheConnectionIsGivenBack(TestDatabase database)
      throws SQLException {
    database.execute("CREATE TABLE book (id INT PRIMARY KEY)");
    try (Pool<Integer> pool = pool(url(database), "1")) {
      PhysicalConnection<Integer> connection = pool.borrow();
      connection.connection().setAutoCommit(false);
      // Through the driver's own connection, so that HikariCP does not see the statement.
      try (Statement statement =
          connection.connection().unwrap(Connection.class).createStatement()) {
        statement.executeUpdate("INSERT INTO book VALUES (1)");
      }
      connection.release();

      PhysicalConnection<Integer> next = pool.borrow();
      assertThat(next.connection().getAutoCommit()).isTrue();
      try (Statement statement = next.connection().createStatement();
          ResultSet rows = statement.executeQuery("SELECT count(*) FROM book")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isZero();
      }
      next.release();
    }
  }

  @EachDatabase
  void anotherUserIsReallyAuthenticated(TestDatabase database) throws SQLException {
    for (Origin origin :
        new Origin[] {url(database), Origin.of(database.dataSource()), urlWithUser(database)}) {
      try (Pool<Integer> pool = pool(origin, "1")) {
        assertThatThrownBy(() -> pool.connectAs("nobody_here", "wrong"))
            .isInstanceOf(SQLException.class);
        PhysicalConnection<Integer> own = pool.connectAs(database.username(), database.password());
        assertThat(own.profile()).isPositive();
        own.release();
        assertThat(own.connection().isClosed()).isTrue();
        assertThat(pool.total()).isZero();
      }
    }
  }

  @Test
  void aPoolOfTheApplicationIsNotTrustedToAuthenticate() {
    JdbcConnectionPool h2 = JdbcConnectionPool.create("jdbc:h2:mem:", "sa", "");
    try (Pool<Integer> pool = pool(Origin.of(h2), "1")) {
      assertThatThrownBy(() -> pool.connectAs("sa", ""))
          .isInstanceOf(SQLFeatureNotSupportedException.class);
    }
  }

  @Test
  void aPoolKnownOnlyByNameIsUsedAsItIs() throws SQLException {
    JdbcConnectionPool h2 = JdbcConnectionPool.create("jdbc:h2:mem:lent", "sa", "");
    h2.setMaxConnections(1);
    try (Pool<Integer> pool = pool(Origin.of(h2), "5")) {
      for (int i = 0; i < 3; i++) {
        PhysicalConnection<Integer> connection = pool.borrow();
        assertThat(h2.getActiveConnections()).isEqualTo(1);
        assertThat(pool.active()).isEqualTo(1);
        connection.release();
      }
      assertThat(pool.active()).isZero();
    }
    h2.getConnection().close();
    h2.dispose();
  }

  @EachDatabase
  void aConnectionOfAPoolOfTheApplicationIsProfiledOnce(TestDatabase database) throws SQLException {
    try (HikariDataSource hikari = new HikariDataSource()) {
      hikari.setDataSource(database.dataSource());
      hikari.setMaximumPoolSize(1);
      try (Pool<Integer> pool = pool(Origin.of(hikari), "1")) {
        for (int i = 0; i < 3; i++) {
          PhysicalConnection<Integer> connection = pool.borrow();
          assertThat(connection.profile()).isEqualTo(1);
          connection.release();
        }
      }
    }
  }

  /** A pool above it would lend the connection of one caller to the next. */
  @Test
  void aDataSourceThatIsNotKnownGetsNoPoolAboveIt() {
    DataSource decorated =
        new PGSimpleDataSource() {
          private static final long serialVersionUID = 1L;

          @Override
          public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            connection.setSchema("INFORMATION_SCHEMA");
            return connection;
          }
        };
    assertThat(Origin.of(decorated)).isEqualTo(new Origin.Given(decorated));
    DataSource plain = new PGSimpleDataSource();
    assertThat(Origin.of(plain)).isEqualTo(new Origin.Plain(plain));
  }

  @Test
  void whatIsKnownOfAConnectionGoesWithIt() {
    WeakIdentityMap<Object, Integer> map = new WeakIdentityMap<>();
    Object kept = new Object();
    map.put(kept, 1);
    for (int i = 0; i < 100; i++) {
      map.put(new Object(), i);
    }
    await(
        () -> {
          System.gc();
          map.put(kept, 2);
          return map.size() == 1;
        });
    assertThat(map.get(kept)).isEqualTo(2);
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("out of time").isLessThan(deadline);
    }
  }

  @Test
  void aDatabaseThatIsDownShowsAtTheFirstBorrowWithTheDriversReason() throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("larder.pool.connection-timeout", "250ms");
    Origin nowhere =
        Origin.of("jdbc:postgresql://127.0.0.1:1/none", null, "a", "b", new Properties());
    try (Pool<Integer> pool =
        new Pool<>(
            nowhere,
            Settings.from(settings).connections().pool(),
            raw -> profiles.incrementAndGet())) {
      assertThatThrownBy(pool::borrow)
          .isInstanceOf(SQLException.class)
          .hasFieldOrPropertyWithValue("SQLState", "08001")
          .hasRootCauseInstanceOf(ConnectException.class);
    }
  }

  @Test
  void aClosedPoolLendsNothing() throws SQLException {
    Pool<Integer> pool = pool(Origin.of("jdbc:h2:mem:", null, "sa", "", new Properties()), "1");
    pool.close();
    pool.close();
    assertThatThrownBy(pool::borrow)
        .isInstanceOf(SQLException.class)
        .hasFieldOrPropertyWithValue("SQLState", "08003");
    assertThatThrownBy(() -> pool.connectAs("a", "b"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void aProfilerThatFailsLeavesNoConnectionOpen() throws SQLException {
    JdbcConnectionPool h2 = JdbcConnectionPool.create("jdbc:h2:mem:refused", "sa", "");
    try (Pool<Integer> pool =
        new Pool<>(
            Origin.of(h2),
            Settings.DEFAULTS.connections().pool(),
            raw -> {
              throw new SQLException("cannot tell", "58000");
            })) {
      assertThatThrownBy(pool::borrow).hasMessage("cannot tell");
      assertThat(h2.getActiveConnections()).isZero();
    }
    h2.dispose();
  }

  @Test
  void aUrlIsShownWithoutSecrets() throws SQLException {
    Origin origin =
        Origin.of("jdbc:h2:mem:x;USER=app;PASSWORD=pw", null, "app", "pw", new Properties());
    assertThat(origin).hasToString("jdbc:h2:mem:x");
    assertThat(JdbcUrl.of("jdbc:mysql://app:p@w@host/db?user=app&password=pw").withoutSecrets())
        .isEqualTo("jdbc:mysql://host/db");
  }

  private Pool<Integer> pool(Origin origin, String size) {
    Properties properties = new Properties();
    properties.setProperty("larder.pool.maximum-size", size);
    PoolSettings settings = Settings.from(properties).connections().pool();
    return new Pool<>(origin, settings, raw -> profiles.incrementAndGet());
  }

  private static Origin url(TestDatabase database) throws SQLException {
    return Origin.of(
        database.url(), null, database.username(), database.password(), new Properties());
  }

  /** A user in the URL, which some drivers prefer to the one in the properties. */
  private static Origin urlWithUser(TestDatabase database) throws SQLException {
    String separator = database.product() == Product.H2 ? ";" : "?";
    String next = database.product() == Product.H2 ? ";" : "&";
    String credentials = "user=" + database.username() + next + "password=" + database.password();
    String url = database.url();
    return Origin.of(
        url.contains("?") ? url + next + credentials : url + separator + credentials,
        null,
        null,
        null,
        new Properties());
  }

  private static String session(Connection connection, TestDatabase database) throws SQLException {
    String sql =
        switch (database.product()) {
          case POSTGRESQL -> "SELECT pg_backend_pid()";
          case MARIADB, MYSQL -> "SELECT connection_id()";
          case H2 -> "SELECT session_id()";
        };
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      // H2 gives the number of a closed session to the next one: the object tells them apart.
      return rows.getString(1)
          + (database.product() == Product.H2
              ? "-" + System.identityHashCode(connection.unwrap(org.h2.jdbc.JdbcConnection.class))
              : "");
    }
  }
}
