package dev.larder.jdbc.internal.result;

import java.util.Arrays;

/** A column of double values. As thread-safe as {@link Values}. */
final class DoubleValues extends Values {

  private double[] values = new double[1];

  void add(double value) {
    int row = next();
    values[row] = value;
  }

  double get(int row) {
    return values[row];
  }

  @Override
  void reserve(int row) {
    if (row >= values.length) {
      values = Arrays.copyOf(values, grown(values.length));
    }
  }

  @Override
  void trim() {
    super.trim();
    values = Arrays.copyOf(values, size());
  }

  @Override
  long bytes() {
    return super.bytes() + 16 + 8L * values.length;
  }
}
