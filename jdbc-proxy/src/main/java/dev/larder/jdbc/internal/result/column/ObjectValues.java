package dev.larder.jdbc.internal.result.column;

import dev.larder.jdbc.internal.memory.HeapSize;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A column of immutable objects, for types that have no packed form. As thread-safe as {@link
 * Values}.
 */
public final class ObjectValues<T> extends Values {

  private static final long FIELDS = HeapSize.REFERENCE + Long.BYTES;

  private @Nullable Object[] values = new @Nullable Object[1];
  private long weight;

  /** Appends an object that nobody changes any more and that weighs this many bytes. */
  public void add(T value, long bytes) {
    int row = next();
    values[row] = value;
    weight += bytes;
  }

  @SuppressWarnings({"unchecked", "NullAway"})
  public T get(int row) {
    return (T) values[row];
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
    values = Arrays.copyOf(values, size());
  }

  @Override
  public long bytes() {
    return super.bytes() + FIELDS + HeapSize.array(values.length, HeapSize.REFERENCE) + weight;
  }
}
