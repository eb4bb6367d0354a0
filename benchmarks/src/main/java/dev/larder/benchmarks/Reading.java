package dev.larder.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * One read as an application does it: get a connection, prepare, bind, execute, read every column
 * of every row, close all three. The same code on every side.
 */
final class Reading {

  /** Four columns of one row. */
  static final String ROW = "select id, name, price, made_at from item where id = ?";

  /** Nine columns of mixed types, of as many rows as asked for. */
  static final String ROWS =
      "select id, name, price, made_at, stock, weight, organic, best_before, note from item where id"
          + " between ? and ?";

  private Reading() {}

  /** Reads one row of four columns. */
  static long row(DataSource from, int id, Consumer<Object> sink) throws SQLException {
    try (Connection connection = from.getConnection();
        PreparedStatement statement = connection.prepareStatement(ROW)) {
      statement.setInt(1, id);
      try (ResultSet rows = statement.executeQuery()) {
        return fourColumns(rows, sink);
      }
    }
  }

  /** Reads one row of four columns with a text that holds everything. */
  static long row(DataSource from, String sql, Consumer<Object> sink) throws SQLException {
    try (Connection connection = from.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return fourColumns(rows, sink);
    }
  }

  /** Reads so many rows of nine columns. */
  static long rows(DataSource from, int count, Consumer<Object> sink) throws SQLException {
    try (Connection connection = from.getConnection();
        PreparedStatement statement = connection.prepareStatement(ROWS)) {
      statement.setInt(1, 1);
      statement.setInt(2, count);
      try (ResultSet rows = statement.executeQuery()) {
        return nineColumns(rows, sink);
      }
    }
  }

  static long fourColumns(ResultSet rows, Consumer<Object> sink) throws SQLException {
    long sum = 0;
    while (rows.next()) {
      sum += rows.getInt(1);
      sink.accept(rows.getString(2));
      sink.accept(rows.getBigDecimal(3));
      sink.accept(rows.getTimestamp(4));
    }
    return sum;
  }

  static long nineColumns(ResultSet rows, Consumer<Object> sink) throws SQLException {
    long sum = 0;
    while (rows.next()) {
      sum += rows.getInt(1);
      sink.accept(rows.getString(2));
      sink.accept(rows.getBigDecimal(3));
      sink.accept(rows.getTimestamp(4));
      sum += rows.getLong(5);
      sum += (long) rows.getDouble(6);
      sum += rows.getBoolean(7) ? 1 : 0;
      sink.accept(rows.getDate(8));
      sink.accept(rows.getString(9));
    }
    return sum;
  }
}
