package dev.larder.jdbc.internal.result.driver;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a captured result: every answer, taken from the driver at capture. Immutable and
 * thread-safe; results that describe themselves alike share one.
 */
public final class SnapshotMetaData implements ResultSetMetaData {

  /** What two results must agree on to share; held by the metadata, so that it lives as long. */
  private record Key(Class<?> driver, List<ColumnDescription> columns) {}

  private static final Map<Key, Reference<SnapshotMetaData>> SHARED = new WeakHashMap<>();

  private final DriverBehavior behavior;
  private final Key key;
  private final List<ColumnDescription> columns;
  private final Labels labels;

  private SnapshotMetaData(DriverBehavior behavior, Key key) {
    this.behavior = behavior;
    this.key = key;
    this.columns = key.columns();
    this.labels = behavior.labels(columns);
  }

  public static SnapshotMetaData of(DriverBehavior behavior, List<ColumnDescription> columns) {
    Key key = new Key(behavior.getClass(), List.copyOf(columns));
    synchronized (SHARED) {
      Reference<SnapshotMetaData> reference = SHARED.get(key);
      SnapshotMetaData known = reference == null ? null : reference.get();
      if (known != null) {
        return known;
      }
      SnapshotMetaData fresh = new SnapshotMetaData(behavior, key);
      // The key of metadata that is gone would keep its place; this one is fresh's own.
      SHARED.remove(key);
      SHARED.put(key, new WeakReference<>(fresh));
      return fresh;
    }
  }

  /** What the driver says of each column. */
  public List<ColumnDescription> columns() {
    return columns;
  }

  /** The metadata of a result of the first columns alone. */
  public SnapshotMetaData first(int count) {
    return count == columns.size() ? this : of(behavior, columns.subList(0, count));
  }

  public Labels labels() {
    return labels;
  }

  /** The one answer about a column; some drivers give theirs for any index at all. */
  private ColumnDescription column(MetaDataMethod method, int column) throws SQLException {
    if (column < 1 || column > columns.size()) {
      if (behavior.ignoresColumn(method) && !columns.isEmpty()) {
        return columns.get(0);
      }
      throw behavior.noMetaData(column, columns.size());
    }
    return columns.get(column - 1);
  }

  @Override
  public int getColumnCount() {
    return columns.size();
  }

  @Override
  public boolean isAutoIncrement(int column) throws SQLException {
    return column(MetaDataMethod.IS_AUTO_INCREMENT, column).autoIncrement();
  }

  @Override
  public boolean isCaseSensitive(int column) throws SQLException {
    return column(MetaDataMethod.IS_CASE_SENSITIVE, column).caseSensitive();
  }

  @Override
  public boolean isSearchable(int column) throws SQLException {
    return column(MetaDataMethod.IS_SEARCHABLE, column).searchable();
  }

  @Override
  public boolean isCurrency(int column) throws SQLException {
    return column(MetaDataMethod.IS_CURRENCY, column).currency();
  }

  @Override
  public int isNullable(int column) throws SQLException {
    return column(MetaDataMethod.IS_NULLABLE, column).nullable();
  }

  @Override
  public boolean isSigned(int column) throws SQLException {
    return column(MetaDataMethod.IS_SIGNED, column).signed();
  }

  @Override
  public int getColumnDisplaySize(int column) throws SQLException {
    return column(MetaDataMethod.GET_COLUMN_DISPLAY_SIZE, column).columnDisplaySize();
  }

  @Override
  public @Nullable String getColumnLabel(int column) throws SQLException {
    return column(MetaDataMethod.GET_COLUMN_LABEL, column).columnLabel();
  }

  @Override
  public @Nullable String getColumnName(int column) throws SQLException {
    return column(MetaDataMethod.GET_COLUMN_NAME, column).columnName();
  }

  @Override
  public @Nullable String getSchemaName(int column) throws SQLException {
    return column(MetaDataMethod.GET_SCHEMA_NAME, column).schemaName();
  }

  @Override
  public int getPrecision(int column) throws SQLException {
    return column(MetaDataMethod.GET_PRECISION, column).precision();
  }

  @Override
  public int getScale(int column) throws SQLException {
    return column(MetaDataMethod.GET_SCALE, column).scale();
  }

  @Override
  public @Nullable String getTableName(int column) throws SQLException {
    return column(MetaDataMethod.GET_TABLE_NAME, column).tableName();
  }

  @Override
  public @Nullable String getCatalogName(int column) throws SQLException {
    return column(MetaDataMethod.GET_CATALOG_NAME, column).catalogName();
  }

  @Override
  public int getColumnType(int column) throws SQLException {
    return column(MetaDataMethod.GET_COLUMN_TYPE, column).columnType();
  }

  @Override
  public @Nullable String getColumnTypeName(int column) throws SQLException {
    return column(MetaDataMethod.GET_COLUMN_TYPE_NAME, column).columnTypeName();
  }

  @Override
  public boolean isReadOnly(int column) throws SQLException {
    return column(MetaDataMethod.IS_READ_ONLY, column).readOnly();
  }

  @Override
  public boolean isWritable(int column) throws SQLException {
    return column(MetaDataMethod.IS_WRITABLE, column).writable();
  }

  @Override
  public boolean isDefinitelyWritable(int column) throws SQLException {
    return column(MetaDataMethod.IS_DEFINITELY_WRITABLE, column).definitelyWritable();
  }

  @Override
  public @Nullable String getColumnClassName(int column) throws SQLException {
    return column(MetaDataMethod.GET_COLUMN_CLASS_NAME, column).columnClassName();
  }

  @Override
  public <T> T unwrap(Class<T> iface) throws SQLException {
    if (iface.isInstance(this)) {
      return iface.cast(this);
    }
    throw new SQLException("Not a wrapper for " + iface.getName(), "22023");
  }

  @Override
  public boolean isWrapperFor(Class<?> iface) {
    return iface.isInstance(this);
  }

  @Override
  public String toString() {
    return "metadata of " + key.columns().size() + " columns";
  }
}
