package dev.larder.jdbc.equivalence;

import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an application saw of one step: rows with labels and types, counts, or an error's SQLSTATE.
 * Immutable and thread-safe.
 *
 * @param sqlState of the error, or null where there was none
 */
record Outcome(@Nullable String sqlState, List<String> lines, String message) {

  static final Outcome DONE = new Outcome(null, List.of(), "");

  static Outcome of(List<String> lines) {
    return new Outcome(null, List.copyOf(lines), "");
  }

  static Outcome failed(SQLException e) {
    return new Outcome(String.valueOf(e.getSQLState()), List.of(), String.valueOf(e.getMessage()));
  }

  boolean isError() {
    return sqlState != null;
  }

  /**
   * Whether MariaDB gave up waiting for a lock, which its own threads may hold for a moment: then
   * the two databases have parted by chance.
   */
  boolean isMariaDbLockTimeout() {
    return "HY000".equals(sqlState) && message.contains("Lock wait timeout");
  }

  /** Whether an application could not tell the two apart; messages may differ. */
  boolean matches(Outcome other) {
    return lines.equals(other.lines) && String.valueOf(sqlState).equals(other.sqlState + "");
  }

  /** Adds what a result holds to {@code lines}. */
  static void render(ResultSet rows, Step.Asked asked, List<String> lines) throws SQLException {
    ResultSetMetaData metaData = rows.getMetaData();
    int width = metaData.getColumnCount();
    StringBuilder head = new StringBuilder("columns");
    for (int i = 1; i <= width; i++) {
      head.append(" | ")
          .append(metaData.getColumnLabel(i))
          .append(' ')
          .append(metaData.getColumnTypeName(i))
          .append(' ')
          .append(metaData.getColumnType(i));
    }
    lines.add(head.toString());
    List<String> body = new ArrayList<>();
    while (rows.next()) {
      StringBuilder line = new StringBuilder("row");
      for (int i = 1; i <= width; i++) {
        line.append(" | ").append(asked.compared() ? value(rows.getObject(i)) : "?");
      }
      body.add(line.toString());
    }
    if (!asked.ordered()) {
      Collections.sort(body);
    }
    if (asked.scroll() && !body.isEmpty()) {
      rows.absolute(1);
      body.add("scrolled to row " + rows.getRow());
    }
    lines.addAll(body);
  }

  private static String value(@Nullable Object value) throws SQLException {
    if (value == null) {
      return "NULL";
    }
    Object shown = value;
    if (value instanceof byte[] bytes) {
      shown = HexFormat.of().formatHex(bytes);
    } else if (value instanceof Clob clob) {
      return "Clob " + clob.getSubString(1, (int) clob.length());
    }
    return value.getClass().getSimpleName() + " " + shown;
  }

  @Override
  public String toString() {
    if (sqlState != null) {
      return "SQLSTATE " + sqlState + " (" + message.lines().findFirst().orElse("") + ")";
    }
    return lines.isEmpty() ? "done" : String.join("\n      ", lines);
  }
}
