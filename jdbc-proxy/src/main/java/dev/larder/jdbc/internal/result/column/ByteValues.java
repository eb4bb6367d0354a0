package dev.larder.jdbc.internal.result.column;

import dev.larder.jdbc.internal.memory.HeapSize;
import java.util.Arrays;

/** A column of byte strings, laid end to end. As thread-safe as {@link Values}. */
public final class ByteValues extends Values {

  private static final long FIELDS = 2 * HeapSize.REFERENCE + Integer.BYTES;

  private byte[] data = new byte[16];
  private int[] ends = new int[1];
  private int used;

  public void add(byte[] value) {
    int row = next();
    if (value.length > data.length - used) {
      data = Arrays.copyOf(data, Math.max(used + value.length, grown(data.length)));
    }
    System.arraycopy(value, 0, data, used, value.length);
    used += value.length;
    ends[row] = used;
  }

  /** A copy that the caller may keep and change. */
  public byte[] get(int row) {
    return Arrays.copyOfRange(data, start(row), ends[row]);
  }

  public int length(int row) {
    return ends[row] - start(row);
  }

  public byte at(int row, int offset) {
    return data[start(row) + offset];
  }

  private int start(int row) {
    return row == 0 ? 0 : ends[row - 1];
  }

  @Override
  void reserve(int row) {
    if (row >= ends.length) {
      ends = Arrays.copyOf(ends, grown(ends.length));
    }
    ends[row] = used;
  }

  @Override
  public void trim() {
    super.trim();
    data = Arrays.copyOf(data, used);
    ends = Arrays.copyOf(ends, size());
  }

  @Override
  public long bytes() {
    return super.bytes()
        + FIELDS
        + HeapSize.array(data.length, Byte.BYTES)
        + HeapSize.array(ends.length, Integer.BYTES);
  }
}
