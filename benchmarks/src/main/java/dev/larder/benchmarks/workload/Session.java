package dev.larder.benchmarks.workload;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transaction's connection: each statement is prepared, bound, executed, read whole and closed,
 * as applications do. For one thread.
 */
public final class Session {
  private final Connection connection;
  private final Questions asked;

  Session(Connection connection, Questions asked) {
    this.connection = connection;
    this.asked = asked;
  }

  /** Runs a query and reads all columns of all rows. */
  List<@Nullable Object[]> rows(int columns, String sql, Object... parameters) throws SQLException {
    asked.add(new Questions.Question(columns, sql, List.of(parameters)));
    List<@Nullable Object[]> rows = read(columns, sql, parameters);
    asked.listener().answered(sql, List.of(parameters), rows);
    return rows;
  }

  /** Runs a query that locks what it reads. */
  List<@Nullable Object[]> lock(int columns, String sql, Object... parameters) throws SQLException {
    asked.addLocking();
    asked.listener().wrote(sql, List.of(parameters));
    return read(columns, sql, parameters);
  }

  private List<@Nullable Object[]> read(int columns, String sql, Object... parameters)
      throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    try (PreparedStatement statement = prepared(sql, parameters);
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        @Nullable Object[] row = new Object[columns];
        for (int column = 0; column < columns; column++) {
          row[column] = result.getObject(column + 1);
        }
        rows.add(row);
      }
    }
    return rows;
  }

  /**
   * The only row of a query.
   *
   * @throws Abandoned when there is none
   */
  @Nullable Object[] row(int columns, String sql, Object... parameters) throws SQLException {
    return only(rows(columns, sql, parameters));
  }

  /** The only row of a query that locks it. */
  @Nullable Object[] lockedRow(int columns, String sql, Object... parameters) throws SQLException {
    return only(lock(columns, sql, parameters));
  }

  private static @Nullable Object[] only(List<@Nullable Object[]> rows) {
    if (rows.isEmpty()) {
      throw new Abandoned("no such row");
    }
    return rows.get(0);
  }

  /** Runs a statement that writes, and says how many rows it has changed. */
  int update(String sql, Object... parameters) throws SQLException {
    asked.listener().wrote(sql, List.of(parameters));
    try (PreparedStatement statement = prepared(sql, parameters)) {
      return statement.executeUpdate();
    }
  }

  /** Inserts a row and returns the number that the database has given it. */
  long insert(String key, String sql, Object... parameters) throws SQLException {
    asked.listener().wrote(sql, List.of(parameters));
    try (PreparedStatement statement =
        bound(connection.prepareStatement(sql, new String[] {key}), parameters)) {
      statement.executeUpdate();
      try (ResultSet keys = statement.getGeneratedKeys()) {
        keys.next();
        return keys.getLong(1);
      }
    }
  }

  /** Fails where an answer contradicts another of the same transaction. */
  static void require(boolean right, String what) {
    if (!right) {
      throw new IllegalStateException("a wrong answer: " + what);
    }
  }

  static int integer(@Nullable Object value) {
    return (int) number(value);
  }

  static long number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }

  static BigDecimal decimal(@Nullable Object value) {
    return value instanceof BigDecimal decimal ? decimal : BigDecimal.ZERO;
  }

  static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  private PreparedStatement prepared(String sql, Object... parameters) throws SQLException {
    return bound(connection.prepareStatement(sql), parameters);
  }

  private static PreparedStatement bound(PreparedStatement statement, Object... parameters)
      throws SQLException {
    try {
      for (int i = 0; i < parameters.length; i++) {
        bind(statement, i + 1, parameters[i]);
      }
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  private static void bind(PreparedStatement statement, int index, Object value)
      throws SQLException {
    if (value instanceof Integer number) {
      statement.setInt(index, number);
    } else if (value instanceof Long number) {
      statement.setLong(index, number);
    } else if (value instanceof String text) {
      statement.setString(index, text);
    } else if (value instanceof BigDecimal number) {
      statement.setBigDecimal(index, number);
    } else if (value instanceof Timestamp time) {
      statement.setTimestamp(index, time);
    } else if (value instanceof Double number) {
      statement.setDouble(index, number);
    } else {
      throw new IllegalArgumentException("a parameter of " + value.getClass());
    }
  }
}
