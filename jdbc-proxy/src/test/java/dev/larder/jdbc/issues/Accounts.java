package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;

/**
 * Two accounts and a lock row, read through Larder and written beside it, by a plain connection
 * that nothing reports unless the settings say so. For one thread.
 */
final class Accounts implements AutoCloseable {

  static final String BALANCE = "select bal from acct where id = 1";
  static final String OTHER_BALANCE = "select bal from acct where id = 2";

  /** What writers elsewhere do stays unseen for longer than a test takes. */
  static final String[] NOBODY_TELLS = {"larder.max-staleness", "1h"};

  final TestDatabase database;
  final LarderDataSource larder;
  private int balance = 50;

  Accounts(TestDatabase database, String... settings) throws SQLException {
    this.database = database;
    String engine = database.product().speaksMySql() ? " engine=innodb" : "";
    database.execute(
        "create table acct (id int primary key, bal int, version int)" + engine,
        "create table locks (id int primary key, n int)" + engine,
        "insert into acct values (1, 50, 1), (2, 50, 1)",
        "insert into locks values (1, 0), (2, 0)");
    Properties properties = new Properties();
    for (int i = 0; i < settings.length; i += 2) {
      properties.setProperty(settings[i], settings[i + 1]);
    }
    larder =
        LarderDataSource.builder()
            .url(database.url().replace(";DB_CLOSE_DELAY=-1", ""))
            .username(database.username())
            .password(database.password())
            .settings(properties)
            .build();
  }

  /** A connection in a transaction at that level. */
  Connection begin(int isolation) throws SQLException {
    Connection connection = larder.getConnection();
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(isolation);
    return connection;
  }

  /** Reads by requests of their own until memory answers. */
  void keep(String... queries) throws SQLException {
    for (String sql : queries) {
      long deadline = System.nanoTime() + 30_000_000_000L;
      while (!isKept(sql)) {
        assertThat(System.nanoTime() - deadline).as("%s is not kept", sql).isNegative();
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  private boolean isKept(String sql) throws SQLException {
    long before = larder.statistics().hits();
    read(sql);
    return larder.statistics().hits() > before;
  }

  /** What a request of its own is answered. */
  String read(String sql) throws SQLException {
    try (Connection connection = larder.getConnection()) {
      return one(connection, sql);
    }
  }

  /** Gives the first account another balance, elsewhere, and says which. */
  String moveElsewhere() {
    balance++;
    database.execute("update acct set bal = " + balance + " where id = 1");
    return Integer.toString(balance);
  }

  /** How often the database answered for this reason. */
  long bypasses(BypassReason reason) {
    return larder.statistics().bypasses().getOrDefault(reason, 0L);
  }

  /** The first value of the first row; "nothing" where there is none. */
  static String one(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? String.valueOf(row.getString(1)) : "nothing";
    }
  }

  /** Runs a text and lets go of whatever it answers. */
  static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (statement.execute(sql)) {
        try (ResultSet rows = statement.getResultSet()) {
          while (rows.next()) {
            // Locks are taken as the rows are read.
          }
        }
      }
    }
  }

  @Override
  public void close() {
    larder.close();
  }
}
