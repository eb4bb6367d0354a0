package dev.larder.jdbc.internal.bind;

import dev.larder.jdbc.internal.memory.HeapSize;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An SQL array as {@link Connection#createArrayOf} was asked for it: the name of its elements' type
 * and a copy of the elements. Immutable and thread-safe.
 */
public final class ArrayValue {

  private static final long OBJECT = HeapSize.object(2 * HeapSize.REFERENCE + Integer.BYTES);

  private final String typeName;
  private final Object[] elements;
  private final int hash;

  private ArrayValue(String typeName, Object[] elements) {
    this.typeName = typeName;
    this.elements = elements;
    this.hash = 31 * typeName.hashCode() + JavaArrays.hash(elements);
  }

  /** The array of these elements as they are now; null where one of them cannot be compared. */
  public static @Nullable ArrayValue of(
      @Nullable String typeName, @Nullable Object @Nullable [] elements) {
    return typeName == null || elements == null || !JavaArrays.isComparable(elements)
        ? null
        : new ArrayValue(typeName, (Object[]) JavaArrays.copyOf(elements));
  }

  /** The driver's array of these elements, on that connection. */
  public Array on(Connection connection) throws SQLException {
    return connection.createArrayOf(typeName, (Object[]) JavaArrays.copyOf(elements));
  }

  String typeName() {
    return typeName;
  }

  /** Not to be changed. */
  Object[] elements() {
    return elements;
  }

  long bytes() {
    return OBJECT + HeapSize.wideString(typeName.length()) + JavaArrays.bytes(elements);
  }

  boolean anyText(Predicate<String> test) {
    return JavaArrays.anyText(elements, test);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ArrayValue that
        && hash == that.hash
        && typeName.equals(that.typeName)
        && JavaArrays.same(elements, that.elements);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
