package dev.larder.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Reads that are never asked twice, as {@link Misses} are, where Larder may find out that keeping
 * their answers does not pay. For one thread.
 *
 * <p>Run it with {@code mvn -Pbench -pl benchmarks -am -Dlarder.benchmarks.only=never-twice}.
 */
final class NeverTwice implements Turns.Work {

  private final Side.Opened opened;
  private final String sql;
  private final int rows;
  private final Sink sink = new Sink();
  private int turn;

  NeverTwice(Side.Opened opened, int rows) {
    this.opened = opened;
    this.rows = rows;
    this.sql = (rows == 1 ? Reading.ROW : Reading.ROWS) + " and ? >= 0";
  }

  @Override
  public void once() throws SQLException {
    try (Connection connection = opened.dataSource().getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      int position = 1;
      statement.setInt(position++, 1);
      if (rows > 1) {
        statement.setInt(position++, rows);
      }
      statement.setInt(position, turn++);
      try (ResultSet result = statement.executeQuery()) {
        sink.accept(
            rows == 1 ? Reading.fourColumns(result, sink) : Reading.nineColumns(result, sink));
      }
    }
  }
}
