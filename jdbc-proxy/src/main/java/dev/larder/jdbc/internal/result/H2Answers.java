package dev.larder.jdbc.internal.result;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.h2.api.ErrorCode;
import org.h2.engine.CastDataProvider;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbc.JdbcResultSet;
import org.h2.jdbc.JdbcResultSetMetaData;
import org.h2.message.DbException;
import org.jspecify.annotations.Nullable;

/** H2. Immutable and thread-safe. */
final class H2Answers extends DriverAnswers {

  private final Gaps gaps;

  H2Answers(Gaps gaps) {
    this.gaps = gaps;
  }

  @Override
  ReadingPlan plan(ResultSet live, ResultSetMetaData metaData, @Nullable Outline last)
      throws SQLException {
    if (!live.isWrapperFor(JdbcResultSet.class)) {
      return new ReadingPlan.Unreadable("a result that is not the driver's");
    }
    JdbcResultSet result = live.unwrap(JdbcResultSet.class);
    CastDataProvider session =
        new H2Session(result.getStatement().getConnection().unwrap(JdbcConnection.class));
    List<ColumnReader> readers = new ArrayList<>();
    for (int i = 1; i <= metaData.getColumnCount(); i++) {
      ColumnReader reader = H2Reader.of(metaData.getColumnTypeName(i), result, session);
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
      labels.add(text(columns.get(i).columnLabel()), i + 1);
    }
    for (int i = 0; i < columns.size(); i++) {
      ColumnDescription column = columns.get(i);
      String name = text(column.columnName());
      String table = text(column.tableName());
      if (!name.isEmpty()) {
        labels.add(name, i + 1);
        if (!table.isEmpty()) {
          labels.add(table + "." + name, i + 1);
        }
      }
    }
    return labels.build();
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  @Override
  SQLException closed() {
    return DbException.get(ErrorCode.OBJECT_CLOSED).getSQLException();
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
    if (column < 1 || column > columns) {
      return invalid("columnIndex", column);
    }
    return DbException.get(ErrorCode.NO_DATA_AVAILABLE).getSQLException();
  }

  private static SQLException invalid(String what, @Nullable Object value) {
    return DbException.getInvalidValueException(what, value).getSQLException();
  }

  @Override
  SQLException noColumn(@Nullable String label) {
    return label == null
        ? invalid("columnLabel", null)
        : DbException.get(ErrorCode.COLUMN_NOT_FOUND_1, label).getSQLException();
  }

  @Override
  void readOnly(String method, boolean closed) throws SQLException {
    if (method.startsWith("updateRef(")) {
      throw unsupported("ref");
    } else if (method.startsWith("updateRowId(")) {
      throw unsupported("rowId");
    } else if (closed) {
      throw closed();
    } else if (!method.equals("cancelRowUpdates()")) {
      throw DbException.get(ErrorCode.RESULT_SET_READONLY).getSQLException();
    }
  }

  static SQLException unsupported(String what) {
    return DbException.getUnsupportedException(what).getSQLException();
  }

  @Override
  int moved(Move move, int argument, int at, int rows, boolean forwardOnly) throws SQLException {
    switch (move) {
      case BEFORE_FIRST:
        return at >= 0 ? reset(forwardOnly) : at;
      case AFTER_LAST:
        return rows;
      case FIRST:
        if (at >= 0) {
          reset(forwardOnly);
        }
        return 0;
      case LAST:
        int from = at >= rows ? reset(forwardOnly) : at;
        return rows == 0 ? from : rows - 1;
      case PREVIOUS:
        return relative(-1, at, rows, forwardOnly);
      case RELATIVE:
        return relative(argument, at, rows, forwardOnly);
      case ABSOLUTE:
        int target = (argument >= 0 ? argument : rows + argument + 1) - 1;
        if (target < at) {
          reset(forwardOnly);
          return Math.max(target, -1);
        }
        return Math.min(target, rows);
    }
    throw new AssertionError(move);
  }

  private static int relative(int by, int at, int rows, boolean forwardOnly) throws SQLException {
    if (by < 0) {
      reset(forwardOnly);
      return Math.max(at + by, -1);
    }
    return (int) Math.min((long) at + by, rows);
  }

  private static int reset(boolean forwardOnly) throws SQLException {
    if (forwardOnly) {
      throw DbException.get(ErrorCode.RESULT_SET_NOT_SCROLLABLE).getSQLException();
    }
    return -1;
  }

  @Override
  int fetchDirection() {
    return ResultSet.FETCH_FORWARD;
  }

  @Override
  int fetchDirection(int asked, int now, boolean forwardOnly) throws SQLException {
    if (asked != ResultSet.FETCH_FORWARD) {
      throw unsupported("setFetchDirection");
    }
    return now;
  }

  @Override
  int fetchSize(int asked) throws SQLException {
    if (asked < 0) {
      throw invalid("rows", asked);
    }
    return 0;
  }

  @Override
  int fetchSizeAtFirst(int asked, @Nullable Statement owner) {
    // What is in this JVM is not fetched.
    return 0;
  }

  @Override
  int holdability() {
    return ResultSet.HOLD_CURSORS_OVER_COMMIT;
  }

  @Override
  String cursorName() throws SQLException {
    throw unsupported("cursorName");
  }

  @Override
  boolean rowChanged(boolean closed) {
    return false;
  }

  @Override
  boolean ignoresColumn(String method) {
    return false;
  }

  @Override
  SQLException noMetaData(int column, int columns) {
    return invalid("columnIndex", column);
  }

  @Override
  boolean describesWhenClosed() {
    return false;
  }

  @Override
  Column[] columns(Column[] captured, SnapshotCursor cursor) {
    return gaps.columns(captured, cursor);
  }

  @Override
  Class<?> resultClass() {
    return JdbcResultSet.class;
  }

  @Override
  Class<?> metaDataClass() {
    return JdbcResultSetMetaData.class;
  }
}
