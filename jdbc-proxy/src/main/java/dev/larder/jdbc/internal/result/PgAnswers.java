package dev.larder.jdbc.internal.result;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgResultSet;
import org.postgresql.jdbc.PgResultSetMetaData;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/** pgjdbc. Immutable and thread-safe. */
final class PgAnswers extends DriverAnswers {

  private static final Set<String> SAME_FOR_ANY_COLUMN =
      Set.of(
          "getSchemaName",
          "getCatalogName",
          "isSearchable",
          "isReadOnly",
          "isWritable",
          "isDefinitelyWritable");

  private final Gaps gaps;

  PgAnswers(Gaps gaps) {
    this.gaps = gaps;
  }

  @Override
  ReadingPlan plan(ResultSet live, ResultSetMetaData metaData, @Nullable Outline last)
      throws SQLException {
    if (!live.isWrapperFor(PgResultSet.class)) {
      return new ReadingPlan.Unreadable("a result that is not the driver's");
    }
    PgResultSet result = live.unwrap(PgResultSet.class);
    int width = metaData.getColumnCount();
    boolean comparable = last != null && last.types().size() == width;
    boolean same = comparable;
    PgType[] types = new PgType[width];
    ColumnReader[] readers = new ColumnReader[width];
    for (int i = 0; i < width; i++) {
      PgType known = last != null && comparable ? last.types().get(i) : null;
      PgType type = PgReader.type(result, metaData, i + 1, known);
      ColumnReader reader = type == null ? null : PgReader.of(type, result);
      if (type == null || reader == null) {
        return new ReadingPlan.Unreadable(metaData.getColumnTypeName(i + 1));
      }
      types[i] = type;
      readers[i] = reader;
      same &= type == known;
    }
    // A new connection's driver would send a query for the rest.
    Outline outline = last != null && same ? last : Outline.of(this, metaData, List.of(types));
    return new ReadingPlan.Readable(result, readers, outline);
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
    return new PSQLException("This ResultSet is closed.", PSQLState.OBJECT_NOT_IN_STATE);
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
    if (!onRow) {
      return new PSQLException(
          "ResultSet not positioned properly, perhaps you need to call next.",
          PSQLState.INVALID_CURSOR_STATE);
    }
    return noMetaData(column, columns);
  }

  @Override
  SQLException noColumn(@Nullable String label) {
    return new PSQLException(
        "The column name " + label + " was not found in this ResultSet.",
        PSQLState.UNDEFINED_COLUMN);
  }

  @Override
  void readOnly(String method, boolean closed) throws SQLException {
    boolean byLabel = method.contains("(String");
    if (closed && (byLabel || isImplemented(method))) {
      throw closed();
    } else if (!isImplemented(method)) {
      throw notImplemented(method);
    } else if (!method.equals("cancelRowUpdates()")) {
      throw new PSQLException(
          "ResultSets with concurrency CONCUR_READ_ONLY cannot be updated.",
          PSQLState.INVALID_CURSOR_STATE);
    }
  }

  /** Whether the driver has the method at all. */
  private static boolean isImplemented(String method) {
    return switch (method.substring(0, method.indexOf('('))) {
      case "updateRef",
          "updateBlob",
          "updateClob",
          "updateNClob",
          "updateNString",
          "updateNCharacterStream",
          "updateRowId" ->
          false;
      case "updateAsciiStream", "updateBinaryStream", "updateCharacterStream" ->
          method.endsWith(",int)");
      case "updateObject" -> !method.contains("SQLType");
      default -> true;
    };
  }

  static SQLException notImplemented(String method) {
    return new SQLFeatureNotSupportedException(
        "Method " + PgResultSet.class.getName() + "." + method + " is not yet implemented.",
        PSQLState.NOT_IMPLEMENTED.getState());
  }

  @Override
  int moved(Move move, int argument, int at, int rows, boolean forwardOnly) throws SQLException {
    if (forwardOnly) {
      throw new PSQLException(
          "Operation requires a scrollable ResultSet, but this ResultSet is FORWARD_ONLY.",
          PSQLState.INVALID_CURSOR_STATE);
    }
    return switch (move) {
      case BEFORE_FIRST -> before(at, rows);
      case AFTER_LAST -> after(at, rows);
      case FIRST -> rows == 0 ? at : 0;
      case LAST -> rows == 0 ? at : rows - 1;
      case PREVIOUS -> Math.max(at - 1, -1);
      case ABSOLUTE -> absolute(argument, at, rows);
      case RELATIVE ->
          at + 1 + argument < 0 ? before(at, rows) : absolute(at + 1 + argument, at, rows);
    };
  }

  private static int absolute(int target, int at, int rows) {
    if (target == 0 || target < -rows) {
      return before(at, rows);
    }
    if (target > rows) {
      return after(at, rows);
    }
    return target < 0 ? rows + target : target - 1;
  }

  private static int before(int at, int rows) {
    return rows == 0 ? at : -1;
  }

  private static int after(int at, int rows) {
    return rows == 0 ? at : rows;
  }

  @Override
  int fetchDirection() {
    return ResultSet.FETCH_FORWARD;
  }

  @Override
  int fetchDirection(int asked, int now, boolean forwardOnly) throws SQLException {
    switch (asked) {
      case ResultSet.FETCH_REVERSE, ResultSet.FETCH_UNKNOWN -> {
        if (forwardOnly) {
          throw new PSQLException(
              "Operation requires a scrollable ResultSet, but this ResultSet is FORWARD_ONLY.",
              PSQLState.INVALID_CURSOR_STATE);
        }
      }
      case ResultSet.FETCH_FORWARD -> {}
      default ->
          throw new PSQLException(
              "Invalid fetch direction constant: " + asked + ".",
              PSQLState.INVALID_PARAMETER_VALUE);
    }
    return asked;
  }

  @Override
  int fetchSize(int asked) throws SQLException {
    if (asked < 0) {
      throw new PSQLException(
          "Fetch size must be a value greater than or equal to 0.",
          PSQLState.INVALID_PARAMETER_VALUE);
    }
    return asked;
  }

  @Override
  int holdability() throws SQLException {
    throw notImplemented("getHoldability()");
  }

  @Override
  @Nullable String cursorName() {
    return null;
  }

  @Override
  boolean rowChanged(boolean closed) throws SQLException {
    if (closed) {
      throw closed();
    }
    return false;
  }

  @Override
  boolean ignoresColumn(String method) {
    return SAME_FOR_ANY_COLUMN.contains(method);
  }

  @Override
  SQLException noMetaData(int column, int columns) {
    return new PSQLException(
        "The column index is out of range: " + column + ", number of columns: " + columns + ".",
        PSQLState.INVALID_PARAMETER_VALUE);
  }

  @Override
  Column[] columns(Column[] captured, SnapshotCursor cursor) {
    return gaps.columns(captured, cursor);
  }

  @Override
  Class<?> resultClass() {
    return PgResultSet.class;
  }

  @Override
  Class<?> metaDataClass() {
    return PgResultSetMetaData.class;
  }
}
