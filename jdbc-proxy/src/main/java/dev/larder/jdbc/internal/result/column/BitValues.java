package dev.larder.jdbc.internal.result.column;

import dev.larder.jdbc.internal.memory.HeapSize;
import java.util.Arrays;

/** A column of booleans, one bit each. As thread-safe as {@link Values}. */
public final class BitValues extends Values {

  private long[] words = new long[1];

  public void add(boolean value) {
    int row = next();
    if (value) {
      words[row >> 6] |= 1L << row;
    }
  }

  public boolean get(int row) {
    return (words[row >> 6] & (1L << row)) != 0;
  }

  @Override
  void reserve(int row) {
    if (row >> 6 >= words.length) {
      words = Arrays.copyOf(words, grown(words.length));
    }
  }

  @Override
  public void trim() {
    super.trim();
    words = Arrays.copyOf(words, (size() + 63) >> 6);
  }

  @Override
  public long bytes() {
    return super.bytes() + HeapSize.REFERENCE + HeapSize.array(words.length, Long.BYTES);
  }
}
