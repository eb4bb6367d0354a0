package dev.larder.examples.bookshop;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Inserts many rows into one table, a thousand to a round trip. For one thread. */
final class Batch implements AutoCloseable {
  private static final int ROWS_AT_ONCE = 1_000;

  private final PreparedStatement insert;
  private long rows;

  /** Opens a batch of inserts into {@code target}: a table with its columns in brackets. */
  Batch(Connection connection, String target) throws SQLException {
    long columns = target.chars().filter(c -> c == ',').count() + 1;
    String marks = "?, ".repeat((int) columns - 1) + "?";
    insert = connection.prepareStatement("insert into " + target + " values (" + marks + ")");
  }

  void add(Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      insert.setObject(i + 1, values[i]);
    }
    insert.addBatch();
    if (++rows % ROWS_AT_ONCE == 0) {
      insert.executeBatch();
    }
  }

  long rows() {
    return rows;
  }

  @Override
  public void close() throws SQLException {
    try (insert) {
      insert.executeBatch();
    }
  }
}
