package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.Databases;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/**
 * Symptom: an argument that the driver refuses at the call was taken, and refused at the execution
 * or never; some getters answered what had been set where the driver answers what is so.
 */
class SameAsTheDriverTest {

  private static final Executor AT_ONCE = Runnable::run;
  private static final String QUERY = "select id from book where id = 1";

  /** Something that an application may do with a connection, and what it sees. */
  private interface Doing {
    Object run(Connection connection) throws SQLException;
  }

  private static Map<String, Doing> doings(Product product) {
    Map<String, Doing> all = new LinkedHashMap<>();
    for (int level : new int[] {-1, 0, 1, 2, 3, 4, 8, 77}) {
      all.put(
          "isolation " + level,
          c -> {
            c.setTransactionIsolation(level);
            return c.getTransactionIsolation();
          });
    }
    for (int holdability : new int[] {0, 1, 2, 77}) {
      all.put(
          "holdability " + holdability,
          c -> {
            c.setHoldability(holdability);
            return c.getHoldability();
          });
      all.put(
          "statement of holdability " + holdability,
          c -> {
            try (Statement s = c.createStatement(1003, 1007, holdability)) {
              return s.getResultSetHoldability();
            }
          });
      all.put(
          "prepared statement of holdability " + holdability,
          c -> {
            try (PreparedStatement s = c.prepareStatement(QUERY, 1003, 1007, holdability)) {
              return s.getResultSetHoldability();
            }
          });
    }
    for (int type : new int[] {5, 1003, 1004, 1005}) {
      for (int concurrency : new int[] {77, 1007, 1008}) {
        all.put(
            "statement " + type + " " + concurrency,
            c -> {
              try (Statement s = c.createStatement(type, concurrency)) {
                return s.getResultSetType() + " " + s.getResultSetConcurrency();
              }
            });
        all.put(
            "prepared statement " + type + " " + concurrency,
            c -> {
              try (PreparedStatement s = c.prepareStatement(QUERY, type, concurrency)) {
                return s.getResultSetType() + " " + s.getResultSetConcurrency();
              }
            });
      }
    }
    for (int milliseconds : new int[] {-1, 0, 5_000}) {
      all.put(
          "network time-out " + milliseconds,
          c -> {
            c.setNetworkTimeout(AT_ONCE, milliseconds);
            return c.getNetworkTimeout();
          });
    }
    all.put("network time-out", Connection::getNetworkTimeout);
    for (int index : new int[] {-1, 0, 2, 3}) {
      all.put("parameter " + index, c -> prepared(c, s -> s.setInt(index, 1)));
      all.put("null parameter " + index, c -> prepared(c, s -> s.setNull(index, Types.INTEGER)));
    }
    all.put("object", c -> prepared(c, s -> s.setObject(1, new Thread())));
    all.put("object as INTEGER", c -> prepared(c, s -> s.setObject(1, new Thread(), 4)));
    all.put("text as INTEGER", c -> prepared(c, s -> s.setObject(1, "x", Types.INTEGER)));
    all.put("number as type 12345", c -> prepared(c, s -> s.setObject(1, 1, 12345)));
    all.put("null of type 12345", c -> prepared(c, s -> s.setNull(1, 12345)));
    all.put("instant", c -> prepared(c, s -> s.setObject(1, java.time.Instant.EPOCH)));
    all.put("enum", c -> prepared(c, s -> s.setObject(1, Thread.State.NEW)));
    all.put("max rows", c -> statement(c, s -> s.setMaxRows(-1)));
    all.put("fetch size", c -> statement(c, s -> s.setFetchSize(-7)));
    all.put("query time-out", c -> statement(c, s -> s.setQueryTimeout(-1)));
    all.put("fetch direction", c -> statement(c, s -> s.setFetchDirection(77)));
    all.put("statement's defaults", c -> statement(c, s -> {}));
    for (int level : new int[] {2, 8}) {
      all.put(
          "isolation " + level + " in a transaction",
          c -> {
            c.setAutoCommit(false);
            read(c);
            try {
              c.setTransactionIsolation(level);
              return read(c) + c.getTransactionIsolation();
            } finally {
              c.rollback();
            }
          });
      all.put(
          "isolation " + level + " in the next transaction",
          c -> {
            c.setAutoCommit(false);
            read(c);
            c.commit();
            c.setTransactionIsolation(level);
            read(c);
            c.rollback();
            return c.getTransactionIsolation();
          });
    }
    all.put(
        "read-only in a transaction",
        c -> {
          c.setAutoCommit(false);
          read(c);
          try {
            c.setReadOnly(true);
            return read(c) + c.isReadOnly();
          } finally {
            c.rollback();
          }
        });
    all.put("is read-only", Connection::isReadOnly);
    all.put(
        "is read-only when told",
        c -> {
          c.setReadOnly(true);
          return c.isReadOnly();
        });
    all.put(
        "writes when told to be read-only",
        c -> {
          c.setReadOnly(true);
          try (Statement s = c.createStatement()) {
            return s.executeUpdate("update book set title = 'b'");
          }
        });
    all.put("catalog", Connection::getCatalog);
    all.put("schema", Connection::getSchema);
    if (!product.speaksMySql()) {
      all.put(
          "catalog when set",
          c -> {
            c.setCatalog("elsewhere");
            return c.getCatalog() + read(c);
          });
    }
    if (product == Product.POSTGRESQL) {
      all.put(
          "schema when set",
          c -> {
            c.setSchema("elsewhere");
            return c.getSchema();
          });
    }
    for (String name : new String[] {"ApplicationName", "nonsense"}) {
      all.put(
          "client info " + name,
          c -> {
            c.setClientInfo(name, "x");
            return c.getWarnings() + read(c);
          });
      all.put(
          "client properties " + name,
          c -> {
            Properties properties = new Properties();
            properties.setProperty(name, "x");
            c.setClientInfo(properties);
            return c.getWarnings() + read(c);
          });
    }
    all.put(
        "isolation by text",
        c -> {
          c.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
          c.setAutoCommit(false);
          try (Statement s = c.createStatement()) {
            if (product != Product.H2) {
              s.execute("set transaction isolation level serializable");
            }
            return c.getTransactionIsolation();
          } finally {
            c.rollback();
          }
        });
    all.put(
        "isolation of the session by text",
        c -> {
          c.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
          try (Statement s = c.createStatement()) {
            s.execute(
                switch (product) {
                  case POSTGRESQL ->
                      "set session characteristics as transaction isolation level serializable";
                  case MARIADB, MYSQL -> "set session transaction isolation level serializable";
                  case H2 ->
                      "set session characteristics as transaction isolation level serializable";
                });
            return c.getTransactionIsolation();
          }
        });
    all.put("valid", c -> c.isValid(-1));
    all.put(
        "keys of an insert with a common table",
        c -> {
          try (Statement s = c.createStatement()) {
            String sql =
                product == Product.POSTGRESQL
                    ? "with n as (select 7 as id) insert into book select id from n"
                    : "insert into book (id) select 7";
            int rows = s.executeUpdate(sql, new String[] {"id"});
            StringBuilder all7 = new StringBuilder("" + rows);
            ResultSet result = s.getResultSet();
            all7.append(result == null);
            try (ResultSet keys = s.getGeneratedKeys()) {
              while (keys.next()) {
                all7.append(' ').append(keys.getString(1));
              }
            }
            s.executeUpdate("delete from book where id = 7");
            return all7;
          }
        });
    return all;
  }

  private interface Setting<S> {
    void run(S statement) throws SQLException;
  }

  /** "taken" where the setter takes it, whatever becomes of the execution. */
  private static String prepared(Connection c, Setting<PreparedStatement> setting)
      throws SQLException {
    String sql = "select id from book where id = ? or id = ?";
    try (PreparedStatement statement = c.prepareStatement(sql)) {
      statement.setInt(1, 1);
      statement.setInt(2, 1);
      setting.run(statement);
      return "taken " + statement.getConnection().isClosed();
    }
  }

  private static String statement(Connection c, Setting<Statement> setting) throws SQLException {
    try (Statement s = c.createStatement()) {
      setting.run(s);
      return s.getMaxRows()
          + " "
          + s.getFetchSize()
          + " "
          + s.getQueryTimeout()
          + " "
          + s.getFetchDirection()
          + " "
          + s.getMaxFieldSize()
          + " "
          + s.getResultSetHoldability()
          + " "
          + s.isPoolable();
    }
  }

  private static String read(Connection c) throws SQLException {
    try (Statement s = c.createStatement();
        ResultSet row = s.executeQuery(QUERY)) {
      return row.next() ? row.getString(1) : "none";
    }
  }

  /** On a connection that has sent nothing, and on one that has. */
  @EachDatabase
  void whatIsDoneIsAnsweredAsTheDriverAnswers(TestDatabase database) throws SQLException {
    database.execute(
        "create table book (id int primary key, title varchar(50))"
            + (database.product().speaksMySql() ? " engine=innodb" : ""),
        "insert into book values (1, 'a')");
    try (LarderDataSource larder = over(database.url(), database)) {
      for (int i = 0; i < 3; i++) {
        try (Connection c = larder.getConnection()) {
          read(c);
        }
      }
      for (Map.Entry<String, Doing> doing : doings(database.product()).entrySet()) {
        String expected;
        try (Connection plain = database.connect()) {
          expected = outcome(plain, doing.getValue());
        }
        for (boolean sent : new boolean[] {false, true}) {
          try (Connection c = larder.getConnection()) {
            if (sent) {
              try (Statement s = c.createStatement()) {
                s.execute("select 1");
              }
            }
            assertThat(outcome(c, doing.getValue()))
                .as(doing.getKey() + (sent ? ", after a statement" : ""))
                .isEqualTo(expected);
          }
        }
      }
    }
  }

  private static String outcome(Connection c, Doing doing) {
    try {
      return String.valueOf(doing.run(c));
    } catch (SQLClientInfoException e) {
      return e.getClass().getName() + e.getSQLState() + e.getFailedProperties();
    } catch (SQLException e) {
      return e.getClass().getName() + " " + e.getSQLState();
    } catch (RuntimeException e) {
      return e.getClass().getName();
    }
  }

  /** The text, and never a value. */
  @EachDatabase
  void aStatementShowsItsText(TestDatabase database) throws SQLException {
    database.execute("create table book (id int primary key, title varchar(50))");
    try (LarderDataSource larder = over(database.url(), database);
        Connection c = larder.getConnection();
        PreparedStatement statement = c.prepareStatement("select id from book where title = ?")) {
      assertThat(statement).hasToString("select id from book where title = ?");
      statement.setString(1, "secret");
      assertThat(statement.toString()).contains("select id from book").doesNotContain("secret");
      statement.executeQuery().close();
      assertThat(statement.toString()).contains("select id from book").doesNotContain("secret");
      try (CallableStatement call = c.prepareCall("{ call something(?) }")) {
        call.setString(1, "secret");
        assertThat(call.toString()).contains("something").doesNotContain("secret");
      } catch (SQLException unknown) {
        assertThat(unknown.getMessage()).doesNotContain("secret");
      }
    }
  }

  @Test
  void aUrlThatSaysReadOnlyIsHeard() throws SQLException {
    try (TestDatabase database = Databases.postgres()) {
      database.execute("create table book (id int primary key)", "insert into book values (1)");
      for (String parameter : new String[] {"readOnly=true", "readonly=TRUE&ssl=false"}) {
        boolean heard;
        String url = database.url() + (database.url().contains("?") ? "&" : "?") + parameter;
        Properties login = new Properties();
        login.setProperty("user", database.username());
        login.setProperty("password", database.password());
        try (Connection plain = java.sql.DriverManager.getConnection(url, login)) {
          heard = plain.isReadOnly();
        }
        try (LarderDataSource larder = over(url, database)) {
          for (int time = 0; time < 2; time++) {
            try (Connection c = larder.getConnection();
                Statement s = c.createStatement()) {
              assertThat(c.isReadOnly()).as(parameter).isEqualTo(heard);
              c.setAutoCommit(false);
              if (heard) {
                assertThatThrownBy(() -> s.executeUpdate("update book set id = id"))
                    .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25006"));
              }
              c.rollback();
              // Who wants to write after all says so, for himself.
              c.setReadOnly(false);
              assertThat(s.executeUpdate("update book set id = id")).isEqualTo(1);
              c.commit();
            }
          }
        }
      }
    }
  }

  @Test
  void aDataSourceThatSaysReadOnlyIsHeard() throws SQLException {
    try (TestDatabase database = Databases.postgres()) {
      database.execute("create table book (id int primary key)");
      org.postgresql.ds.PGSimpleDataSource own = new org.postgresql.ds.PGSimpleDataSource();
      own.setUrl(database.url());
      own.setUser(database.username());
      own.setPassword(database.password());
      own.setReadOnly(true);
      try (LarderDataSource larder = LarderDataSource.wrap(own);
          Connection c = larder.getConnection();
          Statement s = c.createStatement()) {
        assertThat(c.isReadOnly()).isTrue();
        c.setAutoCommit(false);
        assertThatThrownBy(() -> s.executeUpdate("delete from book"))
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25006"));
      }
    }
  }

  @Test
  void aUrlThatLimitsQueriesIsShown() throws SQLException {
    try (TestDatabase database = Databases.postgres()) {
      String url = database.url() + (database.url().contains("?") ? "&" : "?") + "queryTimeout=7";
      try (LarderDataSource larder = over(url, database);
          Connection c = larder.getConnection();
          Statement s = c.createStatement()) {
        assertThat(s.getQueryTimeout()).isEqualTo(7);
      }
    }
  }

  @EachDatabase({Product.POSTGRESQL, Product.MARIADB, Product.MYSQL})
  void aConnectionWhoseServerIsGoneIsClosedWithoutAWord(TestDatabase database) throws SQLException {
    boolean postgres = database.product() == Product.POSTGRESQL;
    String own = postgres ? "select pg_backend_pid()" : "select connection_id()";
    String end = postgres ? "select pg_terminate_backend(%s)" : "kill %s";
    try (LarderDataSource larder = over(database.url(), database);
        Connection plain = database.connect()) {
      String expected = ended(database, plain, own, end);
      for (int time = 0; time < 2; time++) {
        try (Connection c = larder.getConnection()) {
          assertThat(ended(database, c, own, end)).isEqualTo(expected);
        }
      }
      try (Connection c = larder.getConnection()) {
        assertThat(c.isValid(5)).isTrue();
      }
    }
  }

  private static String ended(TestDatabase database, Connection c, String own, String end)
      throws SQLException {
    try (Statement s = c.createStatement();
        ResultSet row = s.executeQuery(own)) {
      row.next();
      database.execute(String.format(java.util.Locale.ROOT, end, row.getString(1)));
    }
    String seen = c.isValid(5) + " " + c.isClosed();
    c.close();
    return seen + " " + c.isClosed();
  }

  @EachDatabase
  void whoAbortsNamesAnExecutor(TestDatabase database) throws SQLException {
    try (LarderDataSource larder = over(database.url(), database);
        Connection plain = database.connect();
        Connection c = larder.getConnection()) {
      String expected = outcome(plain, p -> abortWithout(p));
      if (!expected.equals("taken")) {
        assertThat(outcome(c, p -> abortWithout(p))).isEqualTo(expected);
        assertThat(c.isClosed()).isEqualTo(plain.isClosed());
        try (Statement s = c.createStatement()) {
          s.execute("select 1");
        }
      }
    }
  }

  private static String abortWithout(Connection c) throws SQLException {
    c.abort(null);
    return "taken";
  }

  private static LarderDataSource over(String url, TestDatabase database) {
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    return LarderDataSource.builder()
        .url(url)
        .username(database.username())
        .password(database.password())
        .settings(settings)
        .build();
  }
}
