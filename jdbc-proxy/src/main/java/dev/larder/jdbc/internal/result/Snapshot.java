package dev.larder.jdbc.internal.result;

/** A whole result: every row, and the metadata. Immutable and thread-safe. */
public final class Snapshot implements Answer {

  final DriverAnswers answers;
  final Column[] columns;
  final SnapshotMetaData metaData;
  private final int rows;
  private final long bytes;

  Snapshot(DriverAnswers answers, Column[] columns, SnapshotMetaData metaData, int rows) {
    this.answers = answers;
    this.columns = columns;
    this.metaData = metaData;
    this.rows = rows;
    long sum = 64 + 4L * columns.length;
    for (Column column : columns) {
      sum += column.bytes();
    }
    this.bytes = sum;
  }

  /** How the driver that it was captured from answers. */
  public DriverAnswers answers() {
    return answers;
  }

  /** The number of rows. */
  public int rows() {
    return rows;
  }

  /** The memory the snapshot holds for itself, in bytes; its metadata is shared. */
  public long bytes() {
    return bytes;
  }
}
