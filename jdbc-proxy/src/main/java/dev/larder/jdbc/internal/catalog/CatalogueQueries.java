package dev.larder.jdbc.internal.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs a reader's queries on one connection. Not thread-safe. */
public final class CatalogueQueries {

  /** Takes one row. */
  public interface Row {
    void accept(ResultSet row) throws SQLException;
  }

  private static final int FETCH_SIZE = 1000;

  private final Connection connection;

  public CatalogueQueries(Connection connection) {
    this.connection = connection;
  }

  public void each(String sql, Row row) throws SQLException {
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
  public static String text(ResultSet row, String column) throws SQLException {
    String value = row.getString(column);
    return value == null ? "" : value;
  }
}
