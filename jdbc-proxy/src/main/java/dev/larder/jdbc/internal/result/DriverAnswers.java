package dev.larder.jdbc.internal.result;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one driver answers the calls on a result: which columns can be reproduced, how its cursor
 * moves, and what it throws. Immutable and thread-safe.
 */
public abstract sealed class DriverAnswers
    permits PgAnswers, H2Answers, MariaAnswers, StandardAnswers {

  /*
   * The three known drivers' own conversion classes are used, so that a rare getter answers by the
   * very code that would have answered. They are no public API: only the releases below were proven
   * equal by the fidelity matrix, and any other gets plain types, of which JDBC itself fixes the answers.
   */

  /** For a driver that nobody has compared: plain types, by the getters JDBC defines for them. */
  public static final DriverAnswers STANDARD = new StandardAnswers();

  DriverAnswers() {}

  /** The answers of the driver behind a connection. */
  public static DriverAnswers of(Connection connection) throws SQLException {
    DatabaseMetaData metaData = connection.getMetaData();
    return of(metaData.getDriverName(), metaData.getDriverVersion());
  }

  /**
   * The answers of a driver.
   *
   * @param driverName as {@link DatabaseMetaData#getDriverName} says it
   * @param driverVersion as {@link DatabaseMetaData#getDriverVersion} says it
   */
  public static DriverAnswers of(@Nullable String driverName, @Nullable String driverVersion) {
    try {
      return ProvenDriver.answers(driverName, driverVersion).orElse(STANDARD);
    } catch (LinkageError e) {
      // The driver is in a class loader of its own, or a part of it was left out.
      return STANDARD;
    }
  }

  /**
   * How to capture this result; reads nothing from it but metadata.
   *
   * @param last what was known of an earlier result of the same text, or null
   */
  abstract ReadingPlan plan(ResultSet live, ResultSetMetaData metaData, @Nullable Outline last)
      throws SQLException;

  /** Which labels find which column. */
  abstract Labels labels(List<ColumnDescription> columns);

  /** What using a closed result throws. */
  abstract SQLException closed();

  /** Whether the values of the current row stay readable after close. */
  abstract boolean answersWhenClosed();

  /** What a getter throws that is not on a row, or asks for a column that is not there. */
  abstract SQLException rejected(boolean closed, boolean onRow, int column, int columns);

  /** What looking for an unknown label throws. */
  abstract SQLException noColumn(@Nullable String label);

  /** Refuses a method that would change a row, named with its parameter types. */
  abstract void readOnly(String method, boolean closed) throws SQLException;

  /**
   * Where a move leads.
   *
   * @param at the position: -1 before the first row, {@code rows} after the last
   * @param forwardOnly whether the result is forward-only
   */
  abstract int moved(Move move, int argument, int at, int rows, boolean forwardOnly)
      throws SQLException;

  /** What {@code getFetchDirection} says at first. */
  abstract int fetchDirection();

  /** Accepts or refuses a fetch direction, and says what {@code getFetchDirection} says then. */
  abstract int fetchDirection(int asked, int now, boolean forwardOnly) throws SQLException;

  /** Accepts or refuses a fetch size, and says what {@code getFetchSize} says then. */
  abstract int fetchSize(int asked) throws SQLException;

  /**
   * What {@code getFetchSize} says of a result that nobody set another for.
   *
   * @param asked what the application set on the statement, 0 for nothing
   * @param owner the statement
   */
  int fetchSizeAtFirst(int asked, @Nullable Statement owner) throws SQLException {
    return asked != 0 || owner == null ? asked : owner.getFetchSize();
  }

  abstract int holdability() throws SQLException;

  abstract @Nullable String cursorName() throws SQLException;

  /** What {@code rowUpdated}, {@code rowInserted} and {@code rowDeleted} say. */
  abstract boolean rowChanged(boolean closed) throws SQLException;

  /** Whether a method of the metadata answers the same for any index, be there a column or not. */
  abstract boolean ignoresColumn(String method);

  /** What the metadata throws about a column that is not there. */
  abstract SQLException noMetaData(int column, int columns);

  /** Whether an execution left warnings, found out without taking them from who asks next. */
  boolean hasWarnings(ResultSet live) throws SQLException {
    Statement statement = live.getStatement();
    return live.getWarnings() != null || (statement != null && statement.getWarnings() != null);
  }

  /** Whether metadata answers although its result is closed. */
  boolean describesWhenClosed() {
    return true;
  }

  /**
   * Whether every answer here is known to be the driver's. Where not, what JDBC does not fix is
   * asked of the driver itself.
   */
  boolean isProven() {
    return true;
  }

  /** The columns as a cursor asks them. */
  Column[] columns(Column[] captured, SnapshotCursor cursor) {
    return captured;
  }

  /** What the driver's results are instances of; null where nobody knows. */
  abstract @Nullable Class<?> resultClass();

  /** What the driver's metadata is an instance of; null where nobody knows. */
  abstract @Nullable Class<?> metaDataClass();
}
