package dev.larder.jdbc.internal.result.driver.h2;

import dev.larder.jdbc.internal.bind.DriverValue;
import dev.larder.jdbc.internal.bind.KnownArrays;
import dev.larder.jdbc.internal.result.column.Column;
import dev.larder.jdbc.internal.result.column.ColumnReader;
import dev.larder.jdbc.internal.result.driver.CapturePlan;
import dev.larder.jdbc.internal.result.driver.ColumnBy;
import dev.larder.jdbc.internal.result.driver.ColumnDescription;
import dev.larder.jdbc.internal.result.driver.DriverBehavior;
import dev.larder.jdbc.internal.result.driver.DriverFallback;
import dev.larder.jdbc.internal.result.driver.Gaps;
import dev.larder.jdbc.internal.result.driver.Labels;
import dev.larder.jdbc.internal.result.driver.MetaDataMethod;
import dev.larder.jdbc.internal.result.driver.Move;
import dev.larder.jdbc.internal.result.driver.ResultDescription;
import dev.larder.jdbc.internal.result.driver.RowMethod;
import dev.larder.jdbc.internal.result.driver.UpdateMethod;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.h2.api.ErrorCode;
import org.h2.api.Interval;
import org.h2.engine.CastDataProvider;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbc.JdbcResultSet;
import org.h2.jdbc.JdbcResultSetMetaData;
import org.h2.message.DbException;
import org.jspecify.annotations.Nullable;

/** The behaviour of H2's driver. Immutable and thread-safe. */
public final class H2Behavior extends DriverBehavior {

  /** It takes the type from the elements, whatever the name. */
  private static final KnownArrays ARRAYS =
      new KnownArrays(
          Set.of(
              "smallint",
              "integer",
              "int",
              "bigint",
              "varchar",
              "character varying",
              "uuid",
              "numeric",
              "decimal",
              "boolean"),
          Set.of(Integer[].class, Long[].class, Short[].class, String[].class, UUID[].class));

  private final Gaps gaps;

  public H2Behavior(Gaps gaps) {
    this.gaps = gaps;
  }

  @Override
  public CapturePlan plan(
      ResultSet live, ResultSetMetaData metaData, @Nullable ResultDescription last)
      throws SQLException {
    if (!live.isWrapperFor(JdbcResultSet.class)) {
      return new CapturePlan.Unreadable("a result that is not the driver's");
    }
    JdbcResultSet result = live.unwrap(JdbcResultSet.class);
    CastDataProvider session =
        new H2Session(result.getStatement().getConnection().unwrap(JdbcConnection.class));
    List<ColumnReader> readers = new ArrayList<>();
    for (int i = 1; i <= metaData.getColumnCount(); i++) {
      ColumnReader reader = H2Reader.of(metaData.getColumnTypeName(i), result, session);
      if (reader == null) {
        return new CapturePlan.Unreadable(metaData.getColumnTypeName(i));
      }
      readers.add(reader);
    }
    return new CapturePlan.Readable(
        live, readers.toArray(new ColumnReader[0]), new ResultDescription(this, metaData));
  }

  @Override
  public Labels labels(List<ColumnDescription> columns) {
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
  public KnownArrays arrays() {
    return ARRAYS;
  }

  @Override
  public @Nullable DriverValue parameter(Object value) {
    return value instanceof Interval interval ? new H2Parameter(interval) : null;
  }

  @Override
  public SQLException closed() {
    return DbException.get(ErrorCode.OBJECT_CLOSED).getSQLException();
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
    if (column < 1 || column > columns) {
      return invalid("columnIndex", column);
    }
    return DbException.get(ErrorCode.NO_DATA_AVAILABLE).getSQLException();
  }

  private static SQLException invalid(String what, @Nullable Object value) {
    return DbException.getInvalidValueException(what, value).getSQLException();
  }

  @Override
  public SQLException noColumn(@Nullable String label) {
    return label == null
        ? invalid("columnLabel", null)
        : DbException.get(ErrorCode.COLUMN_NOT_FOUND_1, label).getSQLException();
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
    switch (method) {
      case UPDATE_REF -> throw unsupported("ref");
      case UPDATE_ROW_ID -> throw unsupported("rowId");
      default -> throw closed ? closed() : readOnly();
    }
  }

  private static SQLException readOnly() {
    return DbException.get(ErrorCode.RESULT_SET_READONLY).getSQLException();
  }

  static SQLException unsupported(String what) {
    return DbException.getUnsupportedException(what).getSQLException();
  }

  @Override
  public int moved(Move move, int argument, int at, int rows, boolean forwardOnly)
      throws SQLException {
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
  public int fetchDirection() {
    return ResultSet.FETCH_FORWARD;
  }

  @Override
  public int fetchDirection(int asked, int now, boolean forwardOnly) throws SQLException {
    if (asked != ResultSet.FETCH_FORWARD) {
      throw unsupported("setFetchDirection");
    }
    return now;
  }

  @Override
  public int fetchSize(int asked) throws SQLException {
    if (asked < 0) {
      throw invalid("rows", asked);
    }
    return 0;
  }

  @Override
  public int fetchSizeAtFirst(int asked, @Nullable Statement owner) {
    // What is in this JVM is not fetched.
    return 0;
  }

  @Override
  public int holdability() {
    return ResultSet.HOLD_CURSORS_OVER_COMMIT;
  }

  @Override
  public String cursorName() throws SQLException {
    throw unsupported("cursorName");
  }

  @Override
  public boolean rowChanged(boolean closed) {
    return false;
  }

  @Override
  public boolean ignoresColumn(MetaDataMethod method) {
    return false;
  }

  @Override
  public SQLException noMetaData(int column, int columns) {
    return invalid("columnIndex", column);
  }

  @Override
  public boolean describesWhenClosed() {
    return false;
  }

  @Override
  public Column[] columns(Column[] captured, DriverFallback cursor) {
    return gaps.columns(captured, cursor);
  }

  @Override
  public Class<?> resultClass() {
    return JdbcResultSet.class;
  }

  @Override
  public Class<?> metaDataClass() {
    return JdbcResultSetMetaData.class;
  }
}
