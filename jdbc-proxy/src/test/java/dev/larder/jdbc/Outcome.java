package dev.larder.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Everything an application sees of one execution: rows and counts in order, then how it ended.
 * Immutable.
 *
 * @param results rows as lists of texts, and update counts
 * @param failure the exception's class and SQLSTATE; empty where there was none
 */
record Outcome(List<Object> results, String failure) {

  /** Runs a text as a plain statement, on a connection of its own. */
  static Outcome ofText(DataSource source, String sql) {
    return of(
        source,
        (connection, results) -> {
          try (Statement statement = connection.createStatement()) {
            drain(statement, statement.execute(sql), results);
          }
        });
  }

  /** Runs a text as a prepared statement, on a connection of its own. */
  static Outcome ofPrepared(DataSource source, String sql) {
    return of(
        source,
        (connection, results) -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            drain(statement, statement.execute(), results);
          }
        });
  }

  /** What the application does with a connection. */
  @FunctionalInterface
  interface Work {
    void on(Connection connection, List<Object> results) throws SQLException;
  }

  static Outcome of(DataSource source, Work work) {
    List<Object> results = new ArrayList<>();
    String failure = "";
    try (Connection connection = source.getConnection()) {
      work.on(connection, results);
    } catch (SQLException e) {
      failure = e.getClass().getName() + " " + e.getSQLState();
    } catch (RuntimeException | StackOverflowError e) {
      // H2 parses on the caller's own stack.
      failure = e.getClass().getName();
    }
    return new Outcome(List.copyOf(results), failure);
  }

  private static void drain(Statement statement, boolean rows, List<Object> results)
      throws SQLException {
    boolean hasRows = rows;
    while (hasRows || statement.getUpdateCount() >= 0) {
      if (hasRows) {
        try (ResultSet resultSet = statement.getResultSet()) {
          while (resultSet.next()) {
            results.add(row(resultSet));
          }
        }
      } else {
        results.add(statement.getUpdateCount());
      }
      hasRows = statement.getMoreResults();
    }
  }

  static List<String> row(ResultSet resultSet) throws SQLException {
    List<String> row = new ArrayList<>();
    for (int i = 1; i <= resultSet.getMetaData().getColumnCount(); i++) {
      row.add(String.valueOf(resultSet.getString(i)));
    }
    return row;
  }

  @Override
  public String toString() {
    String all = results + " " + failure;
    return all.length() > 300 ? all.substring(0, 300) + "..." : all;
  }
}
