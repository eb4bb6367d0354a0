package dev.larder.jdbc.internal.result.driver.pgjdbc;

import dev.larder.jdbc.internal.result.column.Column;
import dev.larder.jdbc.internal.result.column.ColumnReader;
import dev.larder.jdbc.internal.result.driver.CapturePlan;
import dev.larder.jdbc.internal.result.driver.ColumnDescription;
import dev.larder.jdbc.internal.result.driver.DriverBehavior;
import dev.larder.jdbc.internal.result.driver.DriverFallback;
import dev.larder.jdbc.internal.result.driver.Gaps;
import dev.larder.jdbc.internal.result.driver.Labels;
import dev.larder.jdbc.internal.result.driver.Move;
import dev.larder.jdbc.internal.result.driver.ResultDescription;
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
public final class PgBehavior extends DriverBehavior {

  private static final Set<String> SAME_FOR_ANY_COLUMN =
      Set.of(
          "getSchemaName",
          "getCatalogName",
          "isSearchable",
          "isReadOnly",
          "isWritable",
          "isDefinitelyWritable");

  private final Gaps gaps;

  public PgBehavior(Gaps gaps) {
    this.gaps = gaps;
  }

  @Override
  public CapturePlan plan(
      ResultSet live, ResultSetMetaData metaData, @Nullable ResultDescription last)
      throws SQLException {
    if (!live.isWrapperFor(PgResultSet.class)) {
      return new CapturePlan.Unreadable("a result that is not the driver's");
    }
    PgResultSet result = live.unwrap(PgResultSet.class);
    int width = metaData.getColumnCount();
    PgResultDescription earlier = last instanceof PgResultDescription own ? own : null;
    boolean same = earlier != null && earlier.types().size() == width;
    List<PgType> known = earlier != null && same ? earlier.types() : List.of();
    PgType[] types = new PgType[width];
    ColumnReader[] readers = new ColumnReader[width];
    for (int i = 0; i < width; i++) {
      PgType before = known.isEmpty() ? null : known.get(i);
      PgType type = PgReader.type(result, metaData, i + 1, before);
      ColumnReader reader = type == null ? null : PgReader.of(type, result);
      if (type == null || reader == null) {
        return new CapturePlan.Unreadable(metaData.getColumnTypeName(i + 1));
      }
      types[i] = type;
      readers[i] = reader;
      same &= type == before;
    }
    // A new connection's driver would send a query for the rest.
    ResultDescription description =
        earlier != null && same ? earlier : new PgResultDescription(this, metaData, List.of(types));
    return new CapturePlan.Readable(result, readers, description);
  }

  @Override
  public Labels labels(List<ColumnDescription> columns) {
    Labels.Builder labels = new Labels.Builder();
    for (int i = 0; i < columns.size(); i++) {
      String label = columns.get(i).columnLabel();
      labels.add(label == null ? "" : label, i + 1);
    }
    return labels.build();
  }

  @Override
  public SQLException closed() {
    return new PSQLException("This ResultSet is closed.", PSQLState.OBJECT_NOT_IN_STATE);
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
    if (!onRow) {
      return new PSQLException(
          "ResultSet not positioned properly, perhaps you need to call next.",
          PSQLState.INVALID_CURSOR_STATE);
    }
    return noMetaData(column, columns);
  }

  @Override
  public SQLException noColumn(@Nullable String label) {
    return new PSQLException(
        "The column name " + label + " was not found in this ResultSet.",
        PSQLState.UNDEFINED_COLUMN);
  }

  @Override
  public void readOnly(String method, boolean closed) throws SQLException {
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
  public int moved(Move move, int argument, int at, int rows, boolean forwardOnly)
      throws SQLException {
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
  public int fetchDirection() {
    return ResultSet.FETCH_FORWARD;
  }

  @Override
  public int fetchDirection(int asked, int now, boolean forwardOnly) throws SQLException {
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
  public int fetchSize(int asked) throws SQLException {
    if (asked < 0) {
      throw new PSQLException(
          "Fetch size must be a value greater than or equal to 0.",
          PSQLState.INVALID_PARAMETER_VALUE);
    }
    return asked;
  }

  @Override
  public int holdability() throws SQLException {
    throw notImplemented("getHoldability()");
  }

  @Override
  public @Nullable String cursorName() {
    return null;
  }

  @Override
  public boolean rowChanged(boolean closed) throws SQLException {
    if (closed) {
      throw closed();
    }
    return false;
  }

  @Override
  public boolean ignoresColumn(String method) {
    return SAME_FOR_ANY_COLUMN.contains(method);
  }

  @Override
  public SQLException noMetaData(int column, int columns) {
    return new PSQLException(
        "The column index is out of range: " + column + ", number of columns: " + columns + ".",
        PSQLState.INVALID_PARAMETER_VALUE);
  }

  @Override
  public Column[] columns(Column[] captured, DriverFallback cursor) {
    return gaps.columns(captured, cursor);
  }

  @Override
  public Class<?> resultClass() {
    return PgResultSet.class;
  }

  @Override
  public Class<?> metaDataClass() {
    return PgResultSetMetaData.class;
  }
}
