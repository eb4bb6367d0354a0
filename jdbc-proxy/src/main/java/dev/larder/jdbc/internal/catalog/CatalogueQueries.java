package dev.larder.jdbc.internal.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs a reader's queries on one connection. Not thread-safe. */
final class CatalogueQueries {

  /** Takes one row. */
  interface Row {
    void accept(ResultSet row) throws SQLException;
  }

  private static final int FETCH_SIZE = 1000;

  private final Connection connection;

  CatalogueQueries(Connection connection) {
    this.connection = connection;
  }

  void each(String sql, Row row) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCH_SIZE);
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          row.accept(rows);
        }
      }
    }
  }

  /** A column's text, or the empty string for SQL NULL. */
  static String text(ResultSet row, String column) throws SQLException {
    String value = row.getString(column);
    return value == null ? "" : value;
  }
}
