package dev.larder.conformance;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** One connection in a story, in auto-commit mode at first. Not thread-safe. */
public final class Client implements AutoCloseable {

  private final Connection connection;

  Client(Connection connection) {
    this.connection = connection;
  }

  /** The JDBC connection, for what has no word here. */
  public Connection connection() {
    return connection;
  }

  /** Runs a statement as {@link Statement#execute(String)} does, or prepared if it has values. */
  public void run(String sql, @Nullable Object... values) throws SQLException {
    if (values.length == 0) {
      try (Statement statement = connection.createStatement()) {
        drain(statement, statement.execute(sql));
      }
    } else {
      try (PreparedStatement statement = prepare(sql, values)) {
        drain(statement, statement.execute());
      }
    }
  }

  private static void drain(Statement statement, boolean isRows) throws SQLException {
    boolean rows = isRows;
    while (rows || statement.getUpdateCount() != -1) {
      if (rows) {
        try (ResultSet result = statement.getResultSet()) {
          Rows.of(result);
        }
      }
      rows = statement.getMoreResults();
    }
  }

  /** Calls a procedure in JDBC's own words. */
  public void call(String escape) throws SQLException {
    try (CallableStatement statement = connection.prepareCall(escape)) {
      statement.execute();
    }
  }

  /** What a query answers, as text: {@code 1,Ann; 2,NULL}. It is prepared if it has values. */
  public String read(String query, @Nullable Object... values) throws SQLException {
    if (values.length == 0) {
      try (Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery(query)) {
        return Rows.of(result);
      }
    }
    try (PreparedStatement statement = prepare(query, values);
        ResultSet result = statement.executeQuery()) {
      return Rows.of(result);
    }
  }

  private PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value == null) {
        statement.setNull(i + 1, java.sql.Types.VARCHAR);
      } else {
        statement.setObject(i + 1, value);
      }
    }
    return statement;
  }

  /** The query must answer this. */
  public void expects(String expected, String query, @Nullable Object... values)
      throws SQLException {
    Story.mustBe(expected, read(query, values), query);
  }

  /** The database refuses the query in this session, and so must the cache. */
  public void assertRefused(String query) {
    String got;
    try {
      got = read(query);
    } catch (SQLException asItShould) {
      return;
    }
    throw new WrongAnswer("a refusal", got + " (" + query + ")");
  }

  public void begin() throws SQLException {
    connection.setAutoCommit(false);
  }

  /**
   * Begins a transaction at an isolation level.
   *
   * @param isolation one of {@link Connection}'s constants
   */
  public void begin(int isolation) throws SQLException {
    connection.setTransactionIsolation(isolation);
    connection.setAutoCommit(false);
  }

  /** Commits; the next statement begins a new transaction. */
  public void commit() throws SQLException {
    connection.commit();
  }

  public void rollback() throws SQLException {
    connection.rollback();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
