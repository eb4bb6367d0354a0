package dev.larder.jdbc.internal.result.driver;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The description of one column by its driver's metadata. Immutable and thread-safe. */
public record ColumnDescription(
    boolean autoIncrement,
    boolean caseSensitive,
    boolean searchable,
    boolean currency,
    int nullable,
    boolean signed,
    int columnDisplaySize,
    @Nullable String columnLabel,
    @Nullable String columnName,
    @Nullable String schemaName,
    int precision,
    int scale,
    @Nullable String tableName,
    @Nullable String catalogName,
    int columnType,
    @Nullable String columnTypeName,
    boolean readOnly,
    boolean writable,
    boolean definitelyWritable,
    @Nullable String columnClassName) {

  /** Reads every answer about a column, from 1. */
  public static ColumnDescription of(ResultSetMetaData live, int column) throws SQLException {
    return new ColumnDescription(
        live.isAutoIncrement(column),
        live.isCaseSensitive(column),
        live.isSearchable(column),
        live.isCurrency(column),
        live.isNullable(column),
        live.isSigned(column),
        live.getColumnDisplaySize(column),
        live.getColumnLabel(column),
        live.getColumnName(column),
        live.getSchemaName(column),
        live.getPrecision(column),
        live.getScale(column),
        live.getTableName(column),
        live.getCatalogName(column),
        live.getColumnType(column),
        live.getColumnTypeName(column),
        live.isReadOnly(column),
        live.isWritable(column),
        live.isDefinitelyWritable(column),
        live.getColumnClassName(column));
  }
}
