package dev.larder.jdbc.ask;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of an answer, by the names of their columns. */
record Asked(List<Map<String, @Nullable Object>> rows) {

  static Asked on(Connection connection, String question) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(question)) {
      return of(answer);
    }
  }

  static Asked of(ResultSet answer) throws SQLException {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    while (answer.next()) {
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      for (int i = 1; i <= answer.getMetaData().getColumnCount(); i++) {
        row.put(answer.getMetaData().getColumnLabel(i), answer.getObject(i));
      }
      rows.add(row);
    }
    return new Asked(rows);
  }

  /** The one row that has this value there. */
  Map<String, @Nullable Object> where(String column, String value) {
    List<Map<String, @Nullable Object>> found =
        rows.stream().filter(row -> value.equals(row.get(column))).toList();
    if (found.size() != 1) {
      String all = rows.toString();
      throw new AssertionError(
          found.size()
              + " rows with "
              + column
              + " = "
              + value
              + ": "
              + all.substring(0, Math.min(all.length(), 2_000)));
    }
    return found.get(0);
  }

  Map<String, @Nullable Object> only() {
    if (rows.size() != 1) {
      throw new AssertionError("not one row: " + rows);
    }
    return rows.get(0);
  }
}
