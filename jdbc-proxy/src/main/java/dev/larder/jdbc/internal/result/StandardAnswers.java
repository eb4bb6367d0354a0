package dev.larder.jdbc.internal.result;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What JDBC itself fixes, for drivers that nobody has compared. Immutable and thread-safe. */
final class StandardAnswers extends DriverAnswers {

  @Override
  ReadingPlan plan(ResultSet live, ResultSetMetaData metaData, @Nullable Outline last)
      throws SQLException {
    List<ColumnReader> readers = new ArrayList<>();
    for (int i = 1; i <= metaData.getColumnCount(); i++) {
      ColumnReader reader = StandardReader.of(metaData, i);
      if (reader == null) {
        return new ReadingPlan.Unreadable(metaData.getColumnTypeName(i));
      }
      readers.add(reader);
    }
    return new ReadingPlan.Readable(
        live, readers.toArray(new ColumnReader[0]), Outline.of(this, metaData, List.of()));
  }

  @Override
  Labels labels(List<ColumnDescription> columns) {
    Labels.Builder labels = new Labels.Builder();
    for (int i = 0; i < columns.size(); i++) {
      String label = columns.get(i).columnLabel();
      labels.add(label == null ? "" : label, i + 1);
    }
    return labels.build();
  }

  @Override
  SQLException closed() {
    return new SQLException("The result is closed", "24000");
  }

  @Override
  boolean answersWhenClosed() {
    return false;
  }

  @Override
  SQLException rejected(boolean closed, boolean onRow, int column, int columns) {
    if (closed) {
      return closed();
    }
    return onRow
        ? noMetaData(column, columns)
        : new SQLException("The result is not on a row", "24000");
  }

  @Override
  SQLException noColumn(@Nullable String label) {
    return new SQLException("The result has no column " + label, "42S22");
  }

  @Override
  void readOnly(String method, boolean closed) throws SQLException {
    throw closed ? closed() : new SQLException("The result is read-only", "25006");
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
  int moved(Move move, int argument, int at, int rows, boolean forwardOnly) throws SQLException {
    throw unsupported("moves");
  }

  @Override
  int fetchDirection() {
    return ResultSet.FETCH_FORWARD;
  }

  @Override
  int fetchDirection(int asked, int now, boolean forwardOnly) throws SQLException {
    throw unsupported("setFetchDirection");
  }

  @Override
  int fetchSize(int asked) throws SQLException {
    throw unsupported("setFetchSize");
  }

  @Override
  int holdability() throws SQLException {
    throw unsupported("getHoldability");
  }

  @Override
  String cursorName() throws SQLException {
    throw unsupported("getCursorName");
  }

  @Override
  boolean rowChanged(boolean closed) throws SQLException {
    throw unsupported("what has become of a row");
  }

  @Override
  boolean ignoresColumn(String method) {
    return false;
  }

  @Override
  SQLException noMetaData(int column, int columns) {
    return new SQLException("The result has no column " + column, "22023");
  }

  @Override
  boolean isProven() {
    return false;
  }

  @Override
  Column[] columns(Column[] captured, SnapshotCursor cursor) {
    Column[] columns = new Column[captured.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new HandedOverColumn(cursor, i + 1, captured[i], Gaps.NONE);
    }
    return columns;
  }

  @Override
  @Nullable Class<?> resultClass() {
    return null;
  }

  @Override
  @Nullable Class<?> metaDataClass() {
    return null;
  }
}
