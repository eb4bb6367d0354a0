package dev.larder.jdbc.internal.result.column;

import dev.larder.jdbc.internal.memory.HeapSize;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of one column, packed. Filled by one thread during capture, then never changed, so
 * that a published snapshot may be read by any thread.
 */
public abstract sealed class Values
    permits BitValues,
        ByteValues,
        DecimalValues,
        DoubleValues,
        IntValues,
        LongValues,
        ObjectValues,
        TextValues {

  /** Without the fields of the subclass. */
  private static final long OBJECT = HeapSize.object(HeapSize.REFERENCE + Integer.BYTES);

  private long @Nullable [] nulls;
  private int size;

  /** Appends a NULL. */
  public final void addNull() {
    int word = size >> 6;
    long[] marks = nulls;
    if (marks == null) {
      marks = new long[Math.max(1, word + 1)];
    } else if (word >= marks.length) {
      marks = Arrays.copyOf(marks, Math.max(word + 1, marks.length * 2));
    }
    marks[word] |= 1L << size;
    nulls = marks;
    reserve(size);
    size++;
  }

  /** The place of a value about to be added. */
  final int next() {
    reserve(size);
    return size++;
  }

  /** Makes room for a value at that place, and leaves the place empty. */
  abstract void reserve(int row);

  /** Gives back what was reserved and not used. */
  public void trim() {
    long[] marks = nulls;
    if (marks != null) {
      nulls = Arrays.copyOf(marks, Math.min(marks.length, (size + 63) >> 6));
    }
  }

  public final int size() {
    return size;
  }

  public final boolean isNull(int row) {
    long[] marks = nulls;
    if (marks == null) {
      return false;
    }
    int word = row >> 6;
    return word < marks.length && (marks[word] & (1L << row)) != 0;
  }

  /** The memory held, in bytes. */
  public long bytes() {
    long[] marks = nulls;
    return OBJECT + (marks == null ? 0 : HeapSize.array(marks.length, Long.BYTES));
  }

  /** The length an array of this length grows to. */
  static int grown(int length) {
    return length < 8 ? 8 : length + (length >> 1);
  }
}
