package dev.larder.jdbc.internal.result;

import dev.larder.jdbc.internal.memory.HeapSize;
import dev.larder.jdbc.internal.result.column.Column;
import dev.larder.jdbc.internal.result.driver.DriverBehavior;
import dev.larder.jdbc.internal.result.driver.SnapshotMetaData;
import dev.larder.jdbc.internal.rows.RowsRead;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A whole result: every row, and the metadata. Immutable and thread-safe. */
public final class Snapshot implements QueryResult, RowsRead.ShownRows {

  private static final long OBJECT =
      HeapSize.object(3 * HeapSize.REFERENCE + Integer.BYTES + Long.BYTES);

  final DriverBehavior behavior;
  final Column[] columns;
  final SnapshotMetaData metaData;
  private final int rows;
  private final long bytes;

  /** The rows that these columns hold, which nobody changes any more. */
  public Snapshot(DriverBehavior behavior, Column[] columns, SnapshotMetaData metaData, int rows) {
    this.behavior = behavior;
    this.columns = columns;
    this.metaData = metaData;
    this.rows = rows;
    long sum = OBJECT + HeapSize.array(columns.length, HeapSize.REFERENCE);
    for (Column column : columns) {
      sum += column.bytes();
    }
    this.bytes = sum;
  }

  /** How the driver that it was captured from behavior. */
  public DriverBehavior behavior() {
    return behavior;
  }

  /** The columns, which nobody changes. */
  public List<Column> columns() {
    return List.of(columns);
  }

  public SnapshotMetaData metaData() {
    return metaData;
  }

  /** The number of rows. */
  @Override
  public int rows() {
    return rows;
  }

  @Override
  public @Nullable Object value(String label, int row) {
    int index = metaData.labels().find(label);
    Column column = index == 0 ? null : columns[index - 1];
    try {
      return column == null || column.isNull(row) ? null : column.getObject(row);
    } catch (SQLException e) {
      // The driver would refuse it too; whoever asks makes do without.
      return null;
    }
  }

  /** The memory the snapshot holds for itself, in bytes; its metadata is shared. */
  public long bytes() {
    return bytes;
  }
}
