package dev.larder.jdbc.internal.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A short text that stands for all definitions of a database that shows them in its
 * INFORMATION_SCHEMA. Immutable and thread-safe.
 *
 * @param sql one row with one column
 */
public record SchemaFingerprint(String sql) {

  /*
   * Every row gives a hash of the columns that decide what a query means or who may ask it, and the sum of all is the fingerprint:
   * one row over the wire. What changes by writing rows (counters of keys, sizes, times) is left out. Users see different parts of
   * these views, so whose eyes saw stands before a space.
   */

  /** A view of the INFORMATION_SCHEMA and what of it counts. */
  public record Part(String view, String columns, String condition) {
    public Part(String view, String columns) {
      this(view, columns, "");
    }
  }

  /**
   * The hashes of all rows of these parts.
   *
   * @param hash takes the name of a view and a list of columns
   */
  public static String union(String hash, List<Part> parts) {
    return parts.stream()
        .map(
            part ->
                "select "
                    + hash.formatted(part.view, part.columns)
                    + " as h from information_schema."
                    + part.view
                    + part.condition)
        .collect(Collectors.joining(" union all "));
  }

  public String of(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
