package dev.larder.jdbc.internal.result.driver.pgjdbc;

import dev.larder.jdbc.internal.bind.DriverValue;
import dev.larder.jdbc.internal.bind.KnownArrays;
import dev.larder.jdbc.internal.result.column.Column;
import dev.larder.jdbc.internal.result.column.ColumnReader;
import dev.larder.jdbc.internal.result.driver.CapturePlan;
import dev.larder.jdbc.internal.result.driver.ColumnBy;
import dev.larder.jdbc.internal.result.driver.DriverBehavior;
import dev.larder.jdbc.internal.result.driver.DriverFallback;
import dev.larder.jdbc.internal.result.driver.Gaps;
import dev.larder.jdbc.internal.result.driver.MetaDataMethod;
import dev.larder.jdbc.internal.result.driver.Move;
import dev.larder.jdbc.internal.result.driver.ResultDescription;
import dev.larder.jdbc.internal.result.driver.RowMethod;
import dev.larder.jdbc.internal.result.driver.UpdateMethod;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgResultSet;
import org.postgresql.jdbc.PgResultSetMetaData;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/** The behaviour of pgjdbc. Immutable and thread-safe. */
public final class PgBehavior extends DriverBehavior {

  private static final Set<MetaDataMethod> SAME_FOR_ANY_COLUMN =
      Set.of(
          MetaDataMethod.GET_SCHEMA_NAME,
          MetaDataMethod.GET_CATALOG_NAME,
          MetaDataMethod.IS_SEARCHABLE,
          MetaDataMethod.IS_READ_ONLY,
          MetaDataMethod.IS_WRITABLE,
          MetaDataMethod.IS_DEFINITELY_WRITABLE);

  /** The methods that PgResultSet does not implement, whatever its concurrency. */
  private static final Set<UpdateMethod> NOT_IMPLEMENTED =
      EnumSet.of(
          UpdateMethod.UPDATE_REF,
          UpdateMethod.UPDATE_BLOB,
          UpdateMethod.UPDATE_BLOB_STREAM,
          UpdateMethod.UPDATE_BLOB_STREAM_LONG_LENGTH,
          UpdateMethod.UPDATE_CLOB,
          UpdateMethod.UPDATE_CLOB_STREAM,
          UpdateMethod.UPDATE_CLOB_STREAM_LONG_LENGTH,
          UpdateMethod.UPDATE_N_CLOB,
          UpdateMethod.UPDATE_N_CLOB_STREAM,
          UpdateMethod.UPDATE_N_CLOB_STREAM_LONG_LENGTH,
          UpdateMethod.UPDATE_N_STRING,
          UpdateMethod.UPDATE_N_CHARACTER_STREAM,
          UpdateMethod.UPDATE_N_CHARACTER_STREAM_LONG_LENGTH,
          UpdateMethod.UPDATE_ROW_ID,
          UpdateMethod.UPDATE_ASCII_STREAM,
          UpdateMethod.UPDATE_ASCII_STREAM_LONG_LENGTH,
          UpdateMethod.UPDATE_BINARY_STREAM,
          UpdateMethod.UPDATE_BINARY_STREAM_LONG_LENGTH,
          UpdateMethod.UPDATE_CHARACTER_STREAM,
          UpdateMethod.UPDATE_CHARACTER_STREAM_LONG_LENGTH,
          UpdateMethod.UPDATE_OBJECT_OF_TYPE,
          UpdateMethod.UPDATE_OBJECT_OF_TYPE_SCALED);

  /**
   * Names that the driver knows by itself, so that a type of a user's own never counts for them.
   */
  private static final KnownArrays ARRAYS =
      new KnownArrays(
          Set.of(
              "int2",
              "smallint",
              "int4",
              "integer",
              "int",
              "int8",
              "bigint",
              "text",
              "varchar",
              "uuid",
              "numeric",
              "decimal",
              "bool",
              "boolean"),
          Set.of(
              Integer[].class,
              Long[].class,
              Short[].class,
              String[].class,
              int[].class,
              long[].class,
              short[].class));

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
  public KnownArrays arrays() {
    return ARRAYS;
  }

  @Override
  public @Nullable DriverValue parameter(Object value) {
    return PgParameter.of(value);
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
  public void refuse(RowMethod method, boolean closed) throws SQLException {
    if (closed) {
      throw closed();
    } else if (method != RowMethod.CANCEL_ROW_UPDATES) {
      throw readOnly();
    }
  }

  @Override
  public void refuse(UpdateMethod method, ColumnBy by, boolean closed) throws SQLException {
    boolean isImplemented = !NOT_IMPLEMENTED.contains(method);
    if (closed && (by == ColumnBy.LABEL || isImplemented)) {
      throw closed();
    }
    throw isImplemented ? readOnly() : notImplemented(method.signature(by));
  }

  private static SQLException readOnly() {
    return new PSQLException(
        "ResultSets with concurrency CONCUR_READ_ONLY cannot be updated.",
        PSQLState.INVALID_CURSOR_STATE);
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
  public boolean ignoresColumn(MetaDataMethod method) {
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
