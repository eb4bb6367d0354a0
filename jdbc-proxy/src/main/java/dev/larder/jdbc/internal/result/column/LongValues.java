package dev.larder.jdbc.internal.result.column;

import dev.larder.jdbc.internal.memory.HeapSize;
import java.util.Arrays;

/** A column of long values. As thread-safe as {@link Values}. */
public final class LongValues extends Values {

  private static final long FIELDS = HeapSize.REFERENCE + Long.BYTES;

  private static final long[] NONE = {};

  private long[] values = new long[1];

  /** The value of a column of one row, which needs no array. */
  private long only;

  public void add(long value) {
    int row = next();
    values[row] = value;
  }

  public long get(int row) {
    return values.length == 0 ? only : values[row];
  }

  @Override
  void reserve(int row) {
    if (row >= values.length) {
      values = Arrays.copyOf(values, grown(values.length));
    }
  }

  @Override
  public void trim() {
    super.trim();
    if (size() == 1) {
      only = values[0];
      values = NONE;
    } else {
      values = Arrays.copyOf(values, size());
    }
  }

  @Override
  public long bytes() {
    long array = values == NONE ? 0 : HeapSize.array(values.length, Long.BYTES);
    return super.bytes() + FIELDS + array;
  }
}
