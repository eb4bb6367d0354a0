package dev.larder.jdbc.internal.result;

import java.util.Arrays;

/** A column of int values. As thread-safe as {@link Values}. */
final class IntValues extends Values {

  private int[] values = new int[1];

  void add(int value) {
    int row = next();
    values[row] = value;
  }

  int get(int row) {
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
    return super.bytes() + 16 + 4L * values.length;
  }
}
