package dev.larder.jdbc.internal.result.column;

import dev.larder.jdbc.internal.memory.HeapSize;
import java.util.Arrays;

/** A column of int values. As thread-safe as {@link Values}. */
public final class IntValues extends Values {

  private static final long FIELDS = HeapSize.REFERENCE + Integer.BYTES;

  private static final int[] NONE = {};

  private int[] values = new int[1];

  /** The value of a column of one row, which needs no array. */
  private int only;

  public void add(int value) {
    int row = next();
    values[row] = value;
  }

  public int get(int row) {
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
    long array = values == NONE ? 0 : HeapSize.array(values.length, Integer.BYTES);
    return super.bytes() + FIELDS + array;
  }
}
