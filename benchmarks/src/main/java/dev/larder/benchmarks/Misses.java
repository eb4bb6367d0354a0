package dev.larder.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Reads that are never asked twice: a parameter that selects nothing differs each time. Through
 * Larder each is looked up, run, captured and stored, for nothing. For one thread.
 *
 * <p>Run it with {@code mvn -Pbench -pl benchmarks -am -Dlarder.benchmarks.only='miss.*'}.
 */
final class Misses implements Turns.Work {

  private static final String ROW = Reading.ROW + " and ? >= 0";
  private static final String ROWS = Reading.ROWS + " and ? >= 0";

  private final Side.Opened opened;
  private final int rows;
  private final Sink sink = new Sink();
  private int turn;

  Misses(Side.Opened opened, int rows) {
    this.opened = opened;
    this.rows = rows;
  }

  @Override
  public void once() throws SQLException {
    try (Connection connection = opened.dataSource().getConnection();
        PreparedStatement statement = connection.prepareStatement(rows == 1 ? ROW : ROWS)) {
      int position = 1;
      statement.setInt(position++, 1);
      if (rows > 1) {
        statement.setInt(position++, rows);
      }
      statement.setInt(position, turn++);
      try (ResultSet result = statement.executeQuery()) {
        long sum =
            rows == 1 ? Reading.fourColumns(result, sink) : Reading.nineColumns(result, sink);
        sink.accept(sum);
      }
    }
    if (turn % 1_000 == 0) {
      opened.requireStoredMisses();
    }
  }
}
