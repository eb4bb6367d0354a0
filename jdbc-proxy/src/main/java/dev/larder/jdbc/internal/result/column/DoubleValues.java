package dev.larder.jdbc.internal.result.column;

import dev.larder.jdbc.internal.memory.HeapSize;
import java.util.Arrays;

/** A column of double values. As thread-safe as {@link Values}. */
public final class DoubleValues extends Values {

  private static final long FIELDS = HeapSize.REFERENCE + Double.BYTES;

  private static final double[] NONE = {};

  private double[] values = new double[1];

  /** The value of a column of one row, which needs no array. */
  private double only;

  public void add(double value) {
    int row = next();
    values[row] = value;
  }

  public double get(int row) {
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
    long array = values == NONE ? 0 : HeapSize.array(values.length, Double.BYTES);
    return super.bytes() + FIELDS + array;
  }
}
