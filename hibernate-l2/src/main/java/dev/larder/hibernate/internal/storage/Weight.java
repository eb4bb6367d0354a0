package dev.larder.hibernate.internal.storage;

import java.util.Collection;
import java.util.Map;
import org.hibernate.cache.spi.entry.CacheEntry;
import org.hibernate.cache.spi.entry.CollectionCacheEntry;
import org.jspecify.annotations.Nullable;

/** About how many bytes a cached value keeps alive. Stateless. */
final class Weight {

  private static final long ENTRY = 160;
  private static final long OBJECT = 24;

  private Weight() {}

  static int of(Object value) {
    return (int) Math.min(Integer.MAX_VALUE, ENTRY + weigh(value));
  }

  private static long weigh(@Nullable Object value) {
    if (value == null) {
      return 8;
    }
    if (value instanceof String text) {
      return 48 + 2L * text.length();
    }
    if (value instanceof byte[] bytes) {
      return 16L + bytes.length;
    }
    if (value instanceof Object[] array) {
      long sum = 16 + 8L * array.length;
      for (Object element : array) {
        sum += weigh(element);
      }
      return sum;
    }
    if (value instanceof Collection<?> many) {
      long sum = 40;
      for (Object element : many) {
        sum += 8 + weigh(element);
      }
      return sum;
    }
    if (value instanceof Map<?, ?> map) {
      long sum = 48;
      for (Map.Entry<?, ?> each : map.entrySet()) {
        sum += 40 + weigh(each.getKey()) + weigh(each.getValue());
      }
      return sum;
    }
    if (value instanceof CacheEntry entry) {
      return 40 + weigh(entry.getDisassembledState());
    }
    if (value instanceof CollectionCacheEntry entry) {
      return OBJECT + weigh(entry.getState());
    }
    // Numbers, dates and what else is small; objects of the application's own count for little.
    return OBJECT;
  }
}
