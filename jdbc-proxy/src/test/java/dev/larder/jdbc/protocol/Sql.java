package dev.larder.jdbc.protocol;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** SQL in one line. Stateless and thread-safe. */
final class Sql {

  static final String TITLE = "select title from book where id = 1";
  static final String NAME = "select name from author where id = 1";

  private Sql() {}

  /** Runs statements in order, each by {@code execute(String)}. */
  static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The first column of the one row that the query answers with. */
  static String one(Connection connection, String sql) throws SQLException {
    List<String> rows = all(connection, sql);
    if (rows.size() != 1) {
      throw new AssertionError(sql + " answered " + rows);
    }
    return rows.get(0);
  }

  /** The first column of all rows, in order. */
  static List<String> all(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        return column(rows);
      }
    }
  }

  /** The first column of what is left of a result. */
  static List<String> column(ResultSet rows) throws SQLException {
    List<String> values = new ArrayList<>();
    while (rows.next()) {
      values.add(rows.getString(1));
    }
    return values;
  }
}
