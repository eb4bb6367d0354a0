package dev.larder.jdbc.internal.result.driver.standard;

import dev.larder.jdbc.internal.result.column.Column;
import dev.larder.jdbc.internal.result.column.ColumnReader;
import dev.larder.jdbc.internal.result.driver.CapturePlan;
import dev.larder.jdbc.internal.result.driver.ColumnBy;
import dev.larder.jdbc.internal.result.driver.DriverBehavior;
import dev.larder.jdbc.internal.result.driver.DriverFallback;
import dev.larder.jdbc.internal.result.driver.Gaps;
import dev.larder.jdbc.internal.result.driver.HandedOverColumn;
import dev.larder.jdbc.internal.result.driver.MetaDataMethod;
import dev.larder.jdbc.internal.result.driver.Move;
import dev.larder.jdbc.internal.result.driver.ResultDescription;
import dev.larder.jdbc.internal.result.driver.RowMethod;
import dev.larder.jdbc.internal.result.driver.UpdateMethod;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The behaviour that JDBC itself fixes, for drivers that nobody has compared. Immutable and
 * thread-safe.
 */
public class StandardBehavior extends DriverBehavior {

  @Override
  public CapturePlan plan(
      ResultSet live, ResultSetMetaData metaData, @Nullable ResultDescription last)
      throws SQLException {
    List<ColumnReader> readers = new ArrayList<>();
    for (int i = 1; i <= metaData.getColumnCount(); i++) {
      ColumnReader reader = reader(metaData, i);
      if (reader == null) {
        return new CapturePlan.Unreadable(metaData.getColumnTypeName(i));
      }
      readers.add(reader);
    }
    return new CapturePlan.Readable(
        live, readers.toArray(new ColumnReader[0]), new ResultDescription(this, metaData));
  }

  /** A reader for a column, or null where it cannot be told what its values are. */
  protected @Nullable ColumnReader reader(ResultSetMetaData metaData, int index)
      throws SQLException {
    return StandardReader.of(metaData, index);
  }

  @Override
  public SQLException closed() {
    return new SQLException("The result is closed", "24000");
  }

  @Override
  public boolean answersWhenClosed() {
    return false;
  }

  @Override
  public SQLException rejected(boolean closed, boolean onRow, int column, int columns) {
    if (closed) {
      return closed();
    }
    return onRow
        ? noMetaData(column, columns)
        : new SQLException("The result is not on a row", "24000");
  }

  @Override
  public SQLException noColumn(@Nullable String label) {
    return new SQLException("The result has no column " + label, "42S22");
  }

  @Override
  public void refuse(RowMethod method, boolean closed) throws SQLException {
    throw readOnly(closed);
  }

  @Override
  public void refuse(UpdateMethod method, ColumnBy by, boolean closed) throws SQLException {
    throw readOnly(closed);
  }

  private SQLException readOnly(boolean closed) {
    return closed ? closed() : new SQLException("The result is read-only", "25006");
  }

  /*
   * A cursor asks the driver for all that follows, as it does for what is not on a row. So these
   * are for results that nobody can be asked for.
   */

  private static SQLException unsupported(String method) {
    return new SQLFeatureNotSupportedException(
        "A cached result does not answer " + method, "0A000");
  }

  @Override
  public int moved(Move move, int argument, int at, int rows, boolean forwardOnly)
      throws SQLException {
    throw unsupported("moves");
  }

  @Override
  public int fetchDirection() {
    return ResultSet.FETCH_FORWARD;
  }

  @Override
  public int fetchDirection(int asked, int now, boolean forwardOnly) throws SQLException {
    throw unsupported("setFetchDirection");
  }

  @Override
  public int fetchSize(int asked) throws SQLException {
    throw unsupported("setFetchSize");
  }

  @Override
  public int holdability() throws SQLException {
    throw unsupported("getHoldability");
  }

  @Override
  public String cursorName() throws SQLException {
    throw unsupported("getCursorName");
  }

  @Override
  public boolean rowChanged(boolean closed) throws SQLException {
    throw unsupported("what has become of a row");
  }

  @Override
  public boolean ignoresColumn(MetaDataMethod method) {
    return false;
  }

  @Override
  public SQLException noMetaData(int column, int columns) {
    return new SQLException("The result has no column " + column, "22023");
  }

  @Override
  public boolean isProven() {
    return false;
  }

  @Override
  public Column[] columns(Column[] captured, DriverFallback cursor) {
    Column[] columns = new Column[captured.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new HandedOverColumn(cursor, i + 1, captured[i], Gaps.NONE);
    }
    return columns;
  }

  @Override
  public @Nullable Class<?> resultClass() {
    return null;
  }

  @Override
  public @Nullable Class<?> metaDataClass() {
    return null;
  }
}
