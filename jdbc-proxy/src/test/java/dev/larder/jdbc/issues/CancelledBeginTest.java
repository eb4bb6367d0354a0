package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.Databases;
import dev.larder.testkit.Relay;
import dev.larder.testkit.TestDatabase;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Symptom: a soak with cancels found versions in a table that nobody had committed, and half of a
 * transfer. pgjdbc sends BEGIN as a command of its own before a transaction's first statement, and
 * both at once. When a cancel hits BEGIN, the server runs the statement all the same, outside of
 * any transaction; the driver says that it failed. Memory believed the driver: it went on to answer
 * with the row as it had been, and what a cancelled SET had set was left for the connection's next
 * user.
 */
class CancelledBeginTest {

  private static final String READ = "select balance from account where id = 1";

  private final TestDatabase database = Databases.postgres();
  private final Relay relay = Relay.to(database);
  private LarderDataSource larder;

  @BeforeEach
  void open() {
    database.execute(
        "create table account (id int primary key, balance int)",
        "insert into account values (1, 100)");
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    settings.setProperty("larder.pool.maximum-size", "1");
    larder = LarderDataSource.wrap(driver(), settings);
  }

  private PGSimpleDataSource driver() {
    PGSimpleDataSource driver = new PGSimpleDataSource();
    driver.setServerNames(new String[] {"127.0.0.1"});
    driver.setPortNumbers(new int[] {relay.port()});
    driver.setDatabaseName(database.name());
    driver.setUser(database.username());
    driver.setPassword(database.password());
    return driver;
  }

  @AfterEach
  void close() {
    larder.close();
    relay.close();
    database.close();
  }

  /** Why it matters, seen without Larder. */
  @Test
  void theDriverRunsTheStatementOutsideOfATransaction() throws SQLException {
    try (Connection plain = driver().getConnection()) {
      plain.setAutoCommit(false);
      cancelled(plain, "update account set balance = balance + 1 where id = 1");
      rollBack(plain);
    }
    assertThat(actual()).isEqualTo("101");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update account set balance = balance + 1 where id = 1",
        "update account set balance = balance + 1 where id = 1 returning balance",
        "insert into account values (1, 1) on conflict (id) do update set balance = 101",
        "with more as (update account set balance = 101 returning id) select id from more",
        "delete from account; insert into account values (1, 101)"
      })
  void memoryHasTheRowAsItIs(String write) throws SQLException {
    assertThat(read()).isEqualTo(100);
    assertThat(read()).isEqualTo(100);
    long hits = larder.statistics().hits();
    assertThat(hits).isPositive();
    try (Connection connection = larder.getConnection()) {
      connection.setAutoCommit(false);
      cancelled(connection, write);
      rollBack(connection);
    }
    assertThat(read()).as("after %s", write).isEqualTo(101);
  }

  @Test
  void soItHasAfterABatch() throws SQLException {
    read();
    read();
    try (Connection connection = larder.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement update =
          connection.prepareStatement("update account set balance = balance + ? where id = 1")) {
        for (int i = 0; i < 2; i++) {
          update.setInt(1, 10);
          update.addBatch();
        }
        relay.replaceNext(command("BEGIN"), command(FAILS));
        assertThatThrownBy(update::executeBatch).isInstanceOf(SQLException.class);
      }
      rollBack(connection);
    }
    assertThat(read()).isEqualTo(Integer.parseInt(actual()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set app.tenant = '7'",
        "select set_config('app.tenant', '7', false)",
      })
  void whatItHasSetIsNotLeftForTheNextUser(String set) throws SQLException {
    try (Connection connection = larder.getConnection()) {
      connection.setAutoCommit(false);
      cancelled(connection, set);
      rollBack(connection);
    }
    assertThat(tenant()).isNull();
  }

  @Test
  void norIsASchemaThatWasSetByItsMethod() throws SQLException {
    String usual = schema();
    try (Connection connection = larder.getConnection()) {
      connection.setAutoCommit(false);
      hold(connection);
      relay.replaceNext(command("BEGIN"), command(FAILS));
      assertThatThrownBy(() -> connection.setSchema("pg_catalog"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
      rollBack(connection);
    }
    assertThat(schema()).isEqualTo(usual);
  }

  /** Borrows the physical connection, and leaves no transaction open. */
  private static void hold(Connection connection) throws SQLException {
    connection.getMetaData();
  }

  /** HikariCP has closed it where pgjdbc noticed that BEGIN was not what the server ran. */
  private static void rollBack(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException closed) {
      assertThat(closed.getSQLState()).startsWith("08");
    }
  }

  private void cancelled(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      relay.replaceNext(command("BEGIN"), command(FAILS));
      assertThatThrownBy(() -> statement.execute(sql))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
    }
  }

  /** Fails as a command does that was cancelled. */
  private static final String FAILS =
      "do $$begin raise exception 'cancelled' using errcode = '57014'; end$$";

  /** A command of PostgreSQL's simple protocol. */
  private static byte[] command(String sql) {
    byte[] text = sql.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer message = ByteBuffer.allocate(text.length + 6);
    message.put((byte) 'Q').putInt(text.length + 5).put(text).put((byte) 0);
    return message.array();
  }

  /** What the database says without Larder. */
  private String actual() throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(READ)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private int read() throws SQLException {
    return Integer.parseInt(ask(READ));
  }

  private @Nullable String tenant() throws SQLException {
    String shown = ask("select current_setting('app.tenant', true)");
    return shown == null || shown.isEmpty() ? null : shown;
  }

  private String schema() throws SQLException {
    return ask("show search_path");
  }

  private String ask(String sql) throws SQLException {
    try (Connection connection = larder.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
