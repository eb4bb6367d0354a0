package dev.larder.hibernate.internal.storage;

import java.util.Collection;
import java.util.Map;
import org.hibernate.cache.spi.entry.CacheEntry;
import org.hibernate.cache.spi.entry.CollectionCacheEntry;
import org.jspecify.annotations.Nullable;

/** About how many bytes a cached value keeps alive. Stateless. */
final class Weight {

  /** A key, an {@link Entry} with its stamp, and the map's node for it. */
  private static final long ENTRY = 160;

  /** An object with two or three fields: numbers, dates and what else is small. */
  private static final long OBJECT = 24;

  /** A string and the header of its characters, which may take two bytes each. */
  private static final long STRING = 48;

  private static final long ARRAY_HEADER = 16;

  /** A reference that may not be compressed. */
  private static final long REFERENCE = 8;

  /** A list and the header of its array; an entry of Hibernate's, which refers to an array. */
  private static final long LIST = 40;

  private static final long MAP = 48;

  /** A node of a map with its place in the table. */
  private static final long MAP_NODE = 40;

  private Weight() {}

  static int of(Object value) {
    return (int) Math.min(Integer.MAX_VALUE, ENTRY + weigh(value));
  }

  private static long weigh(@Nullable Object value) {
    if (value == null) {
      return REFERENCE;
    }
    if (value instanceof String text) {
      return STRING + 2L * text.length();
    }
    if (value instanceof byte[] bytes) {
      return ARRAY_HEADER + bytes.length;
    }
    if (value instanceof Object[] array) {
      long sum = ARRAY_HEADER + REFERENCE * array.length;
      for (Object element : array) {
        sum += weigh(element);
      }
      return sum;
    }
    if (value instanceof Collection<?> many) {
      long sum = LIST;
      for (Object element : many) {
        sum += REFERENCE + weigh(element);
      }
      return sum;
    }
    if (value instanceof Map<?, ?> map) {
      long sum = MAP;
      for (Map.Entry<?, ?> each : map.entrySet()) {
        sum += MAP_NODE + weigh(each.getKey()) + weigh(each.getValue());
      }
      return sum;
    }
    if (value instanceof CacheEntry entry) {
      return LIST + weigh(entry.getDisassembledState());
    }
    if (value instanceof CollectionCacheEntry entry) {
      return OBJECT + weigh(entry.getState());
    }
    // Objects of the application's own count for little.
    return OBJECT;
  }
}
