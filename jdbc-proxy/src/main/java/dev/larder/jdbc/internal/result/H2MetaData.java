package dev.larder.jdbc.internal.result;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Metadata that answers while its result is open, as H2's does. As thread-safe as its cursor. */
final class H2MetaData implements ResultSetMetaData {

  private final SnapshotMetaData metaData;
  private final SnapshotCursor cursor;

  H2MetaData(SnapshotMetaData metaData, SnapshotCursor cursor) {
    this.metaData = metaData;
    this.cursor = cursor;
  }

  private SnapshotMetaData open() throws SQLException {
    cursor.checkOpen();
    return metaData;
  }

  @Override
  public int getColumnCount() throws SQLException {
    return open().getColumnCount();
  }

  @Override
  public boolean isAutoIncrement(int column) throws SQLException {
    return open().isAutoIncrement(column);
  }

  @Override
  public boolean isCaseSensitive(int column) throws SQLException {
    return open().isCaseSensitive(column);
  }

  @Override
  public boolean isSearchable(int column) throws SQLException {
    return open().isSearchable(column);
  }

  @Override
  public boolean isCurrency(int column) throws SQLException {
    return open().isCurrency(column);
  }

  @Override
  public int isNullable(int column) throws SQLException {
    return open().isNullable(column);
  }

  @Override
  public boolean isSigned(int column) throws SQLException {
    return open().isSigned(column);
  }

  @Override
  public int getColumnDisplaySize(int column) throws SQLException {
    return open().getColumnDisplaySize(column);
  }

  @Override
  public @Nullable String getColumnLabel(int column) throws SQLException {
    return open().getColumnLabel(column);
  }

  @Override
  public @Nullable String getColumnName(int column) throws SQLException {
    return open().getColumnName(column);
  }

  @Override
  public @Nullable String getSchemaName(int column) throws SQLException {
    return open().getSchemaName(column);
  }

  @Override
  public int getPrecision(int column) throws SQLException {
    return open().getPrecision(column);
  }

  @Override
  public int getScale(int column) throws SQLException {
    return open().getScale(column);
  }

  @Override
  public @Nullable String getTableName(int column) throws SQLException {
    return open().getTableName(column);
  }

  @Override
  public @Nullable String getCatalogName(int column) throws SQLException {
    return open().getCatalogName(column);
  }

  @Override
  public int getColumnType(int column) throws SQLException {
    return open().getColumnType(column);
  }

  @Override
  public @Nullable String getColumnTypeName(int column) throws SQLException {
    return open().getColumnTypeName(column);
  }

  @Override
  public boolean isReadOnly(int column) throws SQLException {
    return open().isReadOnly(column);
  }

  @Override
  public boolean isWritable(int column) throws SQLException {
    return open().isWritable(column);
  }

  @Override
  public boolean isDefinitelyWritable(int column) throws SQLException {
    return open().isDefinitelyWritable(column);
  }

  @Override
  public @Nullable String getColumnClassName(int column) throws SQLException {
    return open().getColumnClassName(column);
  }

  @Override
  public <T> T unwrap(Class<T> iface) throws SQLException {
    return metaData.unwrap(iface);
  }

  @Override
  public boolean isWrapperFor(Class<?> iface) {
    return metaData.isWrapperFor(iface);
  }
}
