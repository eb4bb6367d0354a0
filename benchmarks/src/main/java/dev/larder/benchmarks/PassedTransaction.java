package dev.larder.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A transaction of two reads that are never asked twice and a write, where Larder may find out that
 * keeping their answers does not pay: what it costs to have everything passed on. For one thread.
 *
 * <p>Run it with {@code mvn -Pbench -pl benchmarks -am -Dlarder.benchmarks.only=passed-on}.
 */
final class PassedTransaction implements Turns.Work {

  private static final String READ = Reading.ROW + " and ? >= 0";
  private static final String WRITE = "update item set stock = stock + ? where id = ?";

  private final Side.Opened opened;
  private final Sink sink = new Sink();
  private int turn;

  PassedTransaction(Side.Opened opened) {
    this.opened = opened;
  }

  @Override
  public void once() throws SQLException {
    try (Connection connection = opened.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      sink.accept(read(connection));
      sink.accept(read(connection));
      write(connection);
      connection.commit();
      connection.setAutoCommit(true);
    }
  }

  private long read(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(READ)) {
      statement.setInt(1, 1 + turn % Tables.ITEMS);
      statement.setInt(2, turn++);
      try (ResultSet rows = statement.executeQuery()) {
        return Reading.fourColumns(rows, sink);
      }
    }
  }

  private void write(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
      statement.setLong(1, 1);
      statement.setInt(2, 1 + turn % Tables.ITEMS);
      if (statement.executeUpdate() != 1) {
        throw new IllegalStateException("no row was updated");
      }
    }
  }
}
