package dev.larder.jdbc.internal.result.driver;

import dev.larder.jdbc.internal.bind.DriverValue;
import dev.larder.jdbc.internal.bind.KnownArrays;
import dev.larder.jdbc.internal.result.column.Column;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The behaviour of one driver as the calls on its results show it: which columns can be reproduced,
 * how its cursor moves, and what it throws. Immutable and thread-safe.
 */
public abstract class DriverBehavior {

  protected DriverBehavior() {}

  /**
   * How to capture this result; reads nothing from it but metadata.
   *
   * @param last what was known of an earlier result of the same text, or null
   */
  public abstract CapturePlan plan(
      ResultSet live, ResultSetMetaData metaData, @Nullable ResultDescription last)
      throws SQLException;

  /** The labels that find each column: as JDBC has it, those that the query names. */
  public Labels labels(List<ColumnDescription> columns) {
    Labels.Builder labels = new Labels.Builder();
    for (int i = 0; i < columns.size(); i++) {
      String label = columns.get(i).columnLabel();
      labels.add(label == null ? "" : label, i + 1);
    }
    return labels.build();
  }

  /** What using a closed result throws. */
  public abstract SQLException closed();

  /** Whether the values of the current row stay readable after close. */
  public abstract boolean answersWhenClosed();

  /** What a getter throws that is not on a row, or asks for a column that is not there. */
  public abstract SQLException rejected(boolean closed, boolean onRow, int column, int columns);

  /** What looking for an unknown label throws. */
  public abstract SQLException noColumn(@Nullable String label);

  /** Refuses a method about the whole row, or lets it do nothing. */
  public abstract void refuse(RowMethod method, boolean closed) throws SQLException;

  /** Refuses a method that would give a column a value. */
  public abstract void refuse(UpdateMethod method, ColumnBy by, boolean closed) throws SQLException;

  /**
   * Where a move leads.
   *
   * @param at the position: -1 before the first row, {@code rows} after the last
   * @param forwardOnly whether the result is forward-only
   */
  public abstract int moved(Move move, int argument, int at, int rows, boolean forwardOnly)
      throws SQLException;

  /** What {@code getFetchDirection} says at first. */
  public abstract int fetchDirection();

  /** Accepts or refuses a fetch direction, and says what {@code getFetchDirection} says then. */
  public abstract int fetchDirection(int asked, int now, boolean forwardOnly) throws SQLException;

  /** Accepts or refuses a fetch size, and says what {@code getFetchSize} says then. */
  public abstract int fetchSize(int asked) throws SQLException;

  /**
   * What {@code getFetchSize} says of a result that nobody set another for.
   *
   * @param asked what the application set on the statement, 0 for nothing
   * @param owner the statement
   */
  public int fetchSizeAtFirst(int asked, @Nullable Statement owner) throws SQLException {
    return asked != 0 || owner == null ? asked : owner.getFetchSize();
  }

  public abstract int holdability() throws SQLException;

  public abstract @Nullable String cursorName() throws SQLException;

  /** What {@code rowUpdated}, {@code rowInserted} and {@code rowDeleted} say. */
  public abstract boolean rowChanged(boolean closed) throws SQLException;

  /** Whether a method of the metadata answers the same for any index, be there a column or not. */
  public abstract boolean ignoresColumn(MetaDataMethod method);

  /** What the metadata throws about a column that is not there. */
  public abstract SQLException noMetaData(int column, int columns);

  /** Whether a value that reads as no timestamp counts as NULL when it is read as one. */
  public boolean countsNoTimestampAsNull() {
    return false;
  }

  /** Whether an execution left warnings, found out without taking them from who asks next. */
  public boolean hasWarnings(ResultSet live) throws SQLException {
    Statement statement = live.getStatement();
    return live.getWarnings() != null || (statement != null && statement.getWarnings() != null);
  }

  /** Whether metadata answers although its result is closed. */
  public boolean describesWhenClosed() {
    return true;
  }

  /**
   * Whether every answer here is known to be the driver's. Where not, what JDBC does not fix is
   * asked of the driver itself.
   */
  public boolean isProven() {
    return true;
  }

  /** The columns as a cursor asks them. */
  public Column[] columns(Column[] captured, DriverFallback cursor) {
    return captured;
  }

  /** The arrays that it takes as parameters, as far as that is known without asking it. */
  public KnownArrays arrays() {
    return KnownArrays.NONE;
  }

  /**
   * A value of a class that only this driver has, as a parameter; null where it is none, or cannot
   * be compared.
   */
  public @Nullable DriverValue parameter(Object value) {
    return null;
  }

  /** What the driver's results are instances of; null where nobody knows. */
  public abstract @Nullable Class<?> resultClass();

  /** What the driver's metadata is an instance of; null where nobody knows. */
  public abstract @Nullable Class<?> metaDataClass();
}
