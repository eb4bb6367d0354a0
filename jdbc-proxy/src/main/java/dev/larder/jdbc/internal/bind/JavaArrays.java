package dev.larder.jdbc.internal.bind;

import dev.larder.jdbc.internal.memory.HeapSize;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Java's arrays as values of parameters: copied, compared and weighed by their content, however
 * deep it is. Stateless and thread-safe.
 */
final class JavaArrays {

  /** PostgreSQL has no arrays of more dimensions; an array that contains itself has more. */
  private static final int DEEPEST = 6;

  /** A date of java.util is left out: which text it stands for is the zone's to say. */
  private static final Set<Class<?>> ELEMENTS =
      Set.of(
          String.class,
          Integer.class,
          Long.class,
          Short.class,
          Byte.class,
          Boolean.class,
          Double.class,
          Float.class,
          Character.class,
          BigDecimal.class,
          BigInteger.class,
          UUID.class,
          LocalDate.class,
          LocalTime.class,
          LocalDateTime.class,
          OffsetDateTime.class,
          OffsetTime.class,
          Instant.class);

  private JavaArrays() {}

  /** Whether every element is compared by content, and cannot change once it is copied. */
  static boolean isComparable(Object array) {
    return isComparable(array, 1);
  }

  private static boolean isComparable(Object array, int depth) {
    if (depth > DEEPEST) {
      return false;
    }
    if (array instanceof Object[] elements) {
      for (Object element : elements) {
        boolean comparable =
            element == null
                || ELEMENTS.contains(element.getClass())
                || (element.getClass().isArray() && isComparable(element, depth + 1));
        if (!comparable) {
          return false;
        }
      }
    }
    return true;
  }

  /** A copy that shares nothing with the array that can change. */
  static Object copyOf(Object array) {
    return copyOf(array, 1);
  }

  private static Object copyOf(Object array, int depth) {
    if (array instanceof Object[] elements) {
      Object[] copy = elements.clone();
      for (int i = 0; i < copy.length; i++) {
        Object element = copy[i];
        if (element != null && element.getClass().isArray() && depth < DEEPEST) {
          copy[i] = copyOf(element, depth + 1);
        }
      }
      return copy;
    }
    int length = Array.getLength(array);
    Object copy = Array.newInstance(array.getClass().getComponentType(), length);
    System.arraycopy(array, 0, copy, 0, length);
    return copy;
  }

  /**
   * Whether two arrays are sent alike: of the same class, because that is what a driver takes the
   * type of the elements from, with the same elements.
   */
  static boolean same(Object a, Object b) {
    if (a.getClass() != b.getClass()) {
      return false;
    }
    if (!(a instanceof Object[] first)) {
      return Arrays.deepEquals(new Object[] {a}, new Object[] {b});
    }
    Object[] second = (Object[]) b;
    if (first.length != second.length) {
      return false;
    }
    for (int i = 0; i < first.length; i++) {
      Object one = first[i];
      Object other = second[i];
      boolean equal =
          one == null || other == null
              ? one == other
              : one.getClass().isArray() ? same(one, other) : one.equals(other);
      if (!equal) {
        return false;
      }
    }
    return true;
  }

  static int hash(Object array) {
    return Arrays.deepHashCode(new Object[] {array});
  }

  /** About how many bytes it holds, with its elements. */
  static long bytes(Object array) {
    Class<?> component = array.getClass().getComponentType();
    if (!(array instanceof Object[] elements)) {
      int width = component == long.class || component == double.class ? Long.BYTES : Integer.BYTES;
      return HeapSize.array(Array.getLength(array), width);
    }
    long bytes = HeapSize.array(elements.length, HeapSize.REFERENCE);
    for (Object element : elements) {
      if (element != null) {
        bytes += BoundValues.bytes(element);
      }
    }
    return bytes;
  }

  /** Whether any text among the elements passes a test. */
  static boolean anyText(Object array, Predicate<String> test) {
    if (array instanceof Object[] elements) {
      for (Object element : elements) {
        if (element != null && BoundValues.isText(element, test)) {
          return true;
        }
      }
    }
    return false;
  }
}
