package dev.larder.jdbc.internal.result;

import dev.larder.jdbc.internal.result.driver.DriverBehavior;
import dev.larder.jdbc.internal.result.driver.SnapshotMetaData;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The metadata as a cursor hands it out: answers as long as the driver's does, and leads to the
 * driver's own where only that will do. As thread-safe as its cursor.
 */
final class CursorMetaData implements ResultSetMetaData {

  private final SnapshotMetaData metaData;
  private final SnapshotCursor cursor;
  private final DriverBehavior behavior;

  CursorMetaData(SnapshotMetaData metaData, SnapshotCursor cursor, DriverBehavior behavior) {
    this.metaData = metaData;
    this.cursor = cursor;
    this.behavior = behavior;
  }

  private ResultSetMetaData open() throws SQLException {
    if (!behavior.describesWhenClosed()) {
      cursor.checkOpen();
    }
    return metaData;
  }

  private ResultSetMetaData of(int column) throws SQLException {
    boolean isColumn = column >= 1 && column <= metaData.getColumnCount();
    return isColumn || behavior.isProven() ? open() : driver("the metadata of no column");
  }

  private ResultSetMetaData driver(String what) throws SQLException {
    return cursor.handOver(what).getMetaData();
  }

  @Override
  public int getColumnCount() throws SQLException {
    return open().getColumnCount();
  }

  @Override
  public boolean isAutoIncrement(int column) throws SQLException {
    return of(column).isAutoIncrement(column);
  }

  @Override
  public boolean isCaseSensitive(int column) throws SQLException {
    return of(column).isCaseSensitive(column);
  }

  @Override
  public boolean isSearchable(int column) throws SQLException {
    return of(column).isSearchable(column);
  }

  @Override
  public boolean isCurrency(int column) throws SQLException {
    return of(column).isCurrency(column);
  }

  @Override
  public int isNullable(int column) throws SQLException {
    return of(column).isNullable(column);
  }

  @Override
  public boolean isSigned(int column) throws SQLException {
    return of(column).isSigned(column);
  }

  @Override
  public int getColumnDisplaySize(int column) throws SQLException {
    return of(column).getColumnDisplaySize(column);
  }

  @Override
  public @Nullable String getColumnLabel(int column) throws SQLException {
    return of(column).getColumnLabel(column);
  }

  @Override
  public @Nullable String getColumnName(int column) throws SQLException {
    return of(column).getColumnName(column);
  }

  @Override
  public @Nullable String getSchemaName(int column) throws SQLException {
    return of(column).getSchemaName(column);
  }

  @Override
  public int getPrecision(int column) throws SQLException {
    return of(column).getPrecision(column);
  }

  @Override
  public int getScale(int column) throws SQLException {
    return of(column).getScale(column);
  }

  @Override
  public @Nullable String getTableName(int column) throws SQLException {
    return of(column).getTableName(column);
  }

  @Override
  public @Nullable String getCatalogName(int column) throws SQLException {
    return of(column).getCatalogName(column);
  }

  @Override
  public int getColumnType(int column) throws SQLException {
    return of(column).getColumnType(column);
  }

  @Override
  public @Nullable String getColumnTypeName(int column) throws SQLException {
    return of(column).getColumnTypeName(column);
  }

  @Override
  public boolean isReadOnly(int column) throws SQLException {
    return of(column).isReadOnly(column);
  }

  @Override
  public boolean isWritable(int column) throws SQLException {
    return of(column).isWritable(column);
  }

  @Override
  public boolean isDefinitelyWritable(int column) throws SQLException {
    return of(column).isDefinitelyWritable(column);
  }

  @Override
  public @Nullable String getColumnClassName(int column) throws SQLException {
    return of(column).getColumnClassName(column);
  }

  @Override
  public <T> T unwrap(Class<T> iface) throws SQLException {
    if (iface.isInstance(this)) {
      return iface.cast(this);
    }
    return driver("unwrap(" + iface.getSimpleName() + ")").unwrap(iface);
  }

  @Override
  public boolean isWrapperFor(Class<?> iface) throws SQLException {
    if (iface.isInstance(this)) {
      return true;
    }
    Class<?> own = behavior.metaDataClass();
    return own == null
        ? driver("isWrapperFor(" + iface.getSimpleName() + ")").isWrapperFor(iface)
        : iface.isAssignableFrom(own);
  }

  @Override
  public String toString() {
    return metaData.toString();
  }
}
