package dev.larder.jdbc.internal.result;

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
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.Connection;

/** MariaDB Connector/J. Immutable and thread-safe. */
final class MariaAnswers extends DriverAnswers {

  private static final Set<String> SAME_FOR_ANY_COLUMN =
      Set.of("isCaseSensitive", "isSearchable", "isCurrency", "getSchemaName");

  @Override
  ReadingPlan plan(ResultSet live, ResultSetMetaData metaData, @Nullable Outline last)
      throws SQLException {
    java.sql.Statement statement = live.getStatement();
    if (statement == null || !statement.getConnection().isWrapperFor(Connection.class)) {
      return new ReadingPlan.Unreadable("a result that is not the driver's");
    }
    Configuration configuration =
        statement.getConnection().unwrap(Connection.class).getContext().getConf();
    MariaContext context = new MariaContext(configuration);
    List<ColumnReader> readers = new ArrayList<>();
    for (int i = 1; i <= metaData.getColumnCount(); i++) {
      ColumnReader reader = MariaReader.of(metaData, i, context);
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
      if (label != null) {
        labels.add(label, i + 1).add(columns.get(i).tableName() + "." + label, i + 1);
      }
    }
    return labels.build();
  }

  @Override
  SQLException closed() {
    return new SQLException("Operation not permit on a closed resultSet", "HY000");
  }

  @Override
  boolean answersWhenClosed() {
    return true;
  }

  @Override
  SQLException rejected(boolean closed, boolean onRow, int column, int columns) {
    if (column < 1 || column > columns) {
      return new SQLException(
          "Wrong index position. Is " + column + " but must be in 1-" + columns + " range");
    }
    return new SQLDataException("wrong row position", "22023");
  }

  @Override
  SQLException noColumn(@Nullable String label) {
    return new SQLException("Unknown label '" + label + "'");
  }

  @Override
  void readOnly(String method, boolean closed) throws SQLException {
    throw notSupported("Not supported when using CONCUR_READ_ONLY concurrency");
  }

  static SQLException notSupported(String message) {
    return new SQLFeatureNotSupportedException(message, "0A000");
  }

  @Override
  int moved(Move move, int argument, int at, int rows, boolean forwardOnly) {
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
  int fetchDirection() {
    return ResultSet.FETCH_UNKNOWN;
  }

  @Override
  int fetchDirection(int asked, int now, boolean forwardOnly) throws SQLException {
    if (asked == ResultSet.FETCH_REVERSE) {
      throw new SQLSyntaxErrorException("Invalid operation", "42000");
    }
    return now;
  }

  @Override
  int fetchSize(int asked) throws SQLException {
    if (asked < 0) {
      throw new SQLSyntaxErrorException("invalid fetch size " + asked, "42000");
    }
    return asked;
  }

  @Override
  int holdability() {
    return ResultSet.HOLD_CURSORS_OVER_COMMIT;
  }

  @Override
  String cursorName() throws SQLException {
    throw notSupported("Cursors are not supported");
  }

  @Override
  boolean rowChanged(boolean closed) throws SQLException {
    throw notSupported("Not supported when using CONCUR_READ_ONLY concurrency");
  }

  @Override
  boolean ignoresColumn(String method) {
    return SAME_FOR_ANY_COLUMN.contains(method);
  }

  @Override
  SQLException noMetaData(int column, int columns) {
    return new SQLSyntaxErrorException("wrong column index " + column, "42000");
  }

  /** Asking for the warnings sends SHOW WARNINGS, after which there are none. */
  @Override
  boolean hasWarnings(ResultSet live) throws SQLException {
    java.sql.Statement statement = live.getStatement();
    return statement != null
        && statement.getConnection().unwrap(Connection.class).getContext().getWarning() != 0;
  }

  @Override
  @Nullable Class<?> resultClass() {
    return own("CompleteResult");
  }

  @Override
  @Nullable Class<?> metaDataClass() {
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
