package dev.larder.jdbc.internal.result.driver.mariadb;

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
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Connection;

/** The behaviour of MariaDB Connector/J. Thread-safe. */
public final class MariaBehavior extends DriverBehavior {

  private static final Set<MetaDataMethod> SAME_FOR_ANY_COLUMN =
      Set.of(
          MetaDataMethod.IS_CASE_SENSITIVE,
          MetaDataMethod.IS_SEARCHABLE,
          MetaDataMethod.IS_CURRENCY,
          MetaDataMethod.GET_SCHEMA_NAME);

  private final Gaps gaps;

  /** What answers share while connections are configured alike. */
  private volatile @Nullable MariaContext latest;

  public MariaBehavior(Gaps gaps) {
    this.gaps = gaps;
  }

  @Override
  public CapturePlan plan(
      ResultSet live, ResultSetMetaData metaData, @Nullable ResultDescription last)
      throws SQLException {
    java.sql.Statement statement = live.getStatement();
    if (statement == null || !statement.getConnection().isWrapperFor(Connection.class)) {
      return new CapturePlan.Unreadable("a result that is not the driver's");
    }
    MariaContext context = context(statement.getConnection().unwrap(Connection.class));
    List<ColumnReader> readers = new ArrayList<>();
    for (int i = 1; i <= metaData.getColumnCount(); i++) {
      ColumnReader reader = MariaReader.of(metaData, i, context);
      if (reader == null) {
        return new CapturePlan.Unreadable(metaData.getColumnTypeName(i));
      }
      readers.add(reader);
    }
    return new CapturePlan.Readable(
        live, readers.toArray(new ColumnReader[0]), new ResultDescription(this, metaData));
  }

  MariaContext context(Connection connection) {
    MariaContext known = latest;
    MariaContext context = MariaContext.of(connection.getContext(), known);
    if (context != known) {
      latest = context;
    }
    return context;
  }

  @Override
  public Labels labels(List<ColumnDescription> columns) {
    Labels.Builder labels = new Labels.Builder();
    for (int i = 0; i < columns.size(); i++) {
      String label = columns.get(i).columnLabel();
      if (label != null) {
        labels.add(label, i + 1).add(columns.get(i).tableName() + "." + label, i + 1);
      }
    }
    return labels.build();
  }

  @Override
  public Column[] columns(Column[] captured, DriverFallback cursor) {
    return gaps.columns(captured, cursor);
  }

  @Override
  public SQLException closed() {
    return new SQLException("Operation not permit on a closed resultSet", "HY000");
  }

  @Override
  public boolean answersWhenClosed() {
    return true;
  }

  @Override
  public SQLException rejected(boolean closed, boolean onRow, int column, int columns) {
    if (column < 1 || column > columns) {
      return new SQLException(
          "Wrong index position. Is " + column + " but must be in 1-" + columns + " range");
    }
    return new SQLDataException("wrong row position", "22023");
  }

  @Override
  public SQLException noColumn(@Nullable String label) {
    return new SQLException("Unknown label '" + label + "'");
  }

  @Override
  public void refuse(RowMethod method, boolean closed) throws SQLException {
    throw readOnly();
  }

  @Override
  public void refuse(UpdateMethod method, ColumnBy by, boolean closed) throws SQLException {
    throw readOnly();
  }

  private static SQLException readOnly() {
    return notSupported("Not supported when using CONCUR_READ_ONLY concurrency");
  }

  static SQLException notSupported(String message) {
    return new SQLFeatureNotSupportedException(message, "0A000");
  }

  @Override
  public int moved(Move move, int argument, int at, int rows, boolean forwardOnly) {
    return switch (move) {
      case BEFORE_FIRST -> -1;
      case AFTER_LAST -> rows;
      case FIRST -> 0;
      case LAST -> rows - 1;
      case PREVIOUS -> Math.max(at - 1, -1);
      case RELATIVE -> (int) Math.max(-1, Math.min((long) at + argument, rows));
      case ABSOLUTE -> {
        if (argument > rows) {
          yield rows;
        }
        yield argument > 0 ? argument - 1 : argument < 0 ? Math.max(rows + argument, -1) : -1;
      }
    };
  }

  @Override
  public int fetchDirection() {
    return ResultSet.FETCH_UNKNOWN;
  }

  @Override
  public int fetchDirection(int asked, int now, boolean forwardOnly) throws SQLException {
    if (asked == ResultSet.FETCH_REVERSE) {
      throw new SQLSyntaxErrorException("Invalid operation", "42000");
    }
    return now;
  }

  @Override
  public int fetchSize(int asked) throws SQLException {
    if (asked < 0) {
      throw new SQLSyntaxErrorException("invalid fetch size " + asked, "42000");
    }
    return asked;
  }

  @Override
  public int holdability() {
    return ResultSet.HOLD_CURSORS_OVER_COMMIT;
  }

  @Override
  public String cursorName() throws SQLException {
    throw notSupported("Cursors are not supported");
  }

  @Override
  public boolean rowChanged(boolean closed) throws SQLException {
    throw readOnly();
  }

  @Override
  public boolean ignoresColumn(MetaDataMethod method) {
    return SAME_FOR_ANY_COLUMN.contains(method);
  }

  @Override
  public SQLException noMetaData(int column, int columns) {
    return new SQLSyntaxErrorException("wrong column index " + column, "42000");
  }

  /** It reads the date zero so. */
  @Override
  public boolean countsNoTimestampAsNull() {
    return true;
  }

  /** Asking for the warnings sends SHOW WARNINGS, after which there are none. */
  @Override
  public boolean hasWarnings(ResultSet live) throws SQLException {
    java.sql.Statement statement = live.getStatement();
    return statement != null
        && statement.getConnection().unwrap(Connection.class).getContext().getWarning() != 0;
  }

  @Override
  public @Nullable Class<?> resultClass() {
    return own("CompleteResult");
  }

  @Override
  public @Nullable Class<?> metaDataClass() {
    return own("ResultSetMetaData");
  }

  /** By name: the driver's module does not export the package of its results. */
  private static @Nullable Class<?> own(String name) {
    try {
      return Class.forName(
          "org.mariadb.jdbc.client.result." + name,
          false,
          org.mariadb.jdbc.Driver.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError absent) {
      return null;
    }
  }
}
