package dev.larder.hibernate.internal.region;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.sql.results.jdbc.internal.CachedJdbcValuesMetadata;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.descriptor.java.MutabilityPlan;
import org.jspecify.annotations.Nullable;

/**
 * Copies what a query has selected, so that no two sessions are handed one object that either may
 * change. Thread-safe.
 *
 * <p>Hibernate keeps the very objects that the first session was given.
 */
final class QueryRows {

  private static final Set<Class<?>> IMMUTABLE =
      Set.of(
          String.class,
          Boolean.class,
          Character.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          BigInteger.class,
          BigDecimal.class,
          UUID.class,
          Class.class,
          Locale.class,
          Currency.class,
          URI.class,
          URL.class,
          CachedJdbcValuesMetadata.class);

  private static final ClassValue<Boolean> NEVER_CHANGES =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return IMMUTABLE.contains(type)
              || type.getPackageName().equals("java.time")
              || Enum.class.isAssignableFrom(type)
              || ZoneId.class.isAssignableFrom(type)
              || InetAddress.class.isAssignableFrom(type)
              || type.isAnnotationPresent(Immutable.class);
        }
      };

  /** A value of which nobody knows how to copy it. */
  private static final Object NO_COPY = new Object();

  private final SessionFactoryImplementor factory;
  private volatile @Nullable Shape shape;

  /**
   * How the one class of Hibernate's is made that holds a result.
   *
   * @param rows what it holds
   * @param timestamp when it was read
   */
  private record Shape(Class<?> type, Field rows, Field timestamp, Constructor<?> make) {}

  QueryRows(SessionFactoryImplementor factory) {
    this.factory = factory;
  }

  /**
   * The result itself where nothing in it can be changed, else a copy; null where that cannot be
   * made.
   */
  @Nullable Object copy(Object result) {
    try {
      Shape known = shape;
      if (known == null || known.type() != result.getClass()) {
        known = shapeOf(result.getClass());
        shape = known;
      }
      List<?> rows = known == null ? null : (List<?>) known.rows().get(result);
      if (known == null || rows == null) {
        return null;
      }
      Object copied = copyOfRows(rows);
      if (copied == rows || copied == NO_COPY) {
        return copied == NO_COPY ? null : result;
      }
      return known.make().newInstance(known.timestamp().get(result), copied);
    } catch (ReflectiveOperationException | RuntimeException unknown) {
      return null;
    }
  }

  private static @Nullable Shape shapeOf(Class<?> type) throws ReflectiveOperationException {
    Field rows = null;
    Field timestamp = null;
    for (Field field : type.getDeclaredFields()) {
      if (field.getType() == List.class) {
        rows = field;
      } else if (field.getType() == long.class || field.getType() == Long.class) {
        timestamp = field;
      }
    }
    if (rows == null || timestamp == null) {
      return null;
    }
    Constructor<?> make = type.getDeclaredConstructor(long.class, List.class);
    rows.setAccessible(true);
    timestamp.setAccessible(true);
    make.setAccessible(true);
    return new Shape(type, rows, timestamp, make);
  }

  /**
   * Hibernate reads rows and their list without changing them, so these are only copied if need be.
   */
  private Object copyOfRows(List<?> rows) {
    List<@Nullable Object> copy = null;
    for (int i = 0; i < rows.size(); i++) {
      Object row = rows.get(i);
      if (row instanceof Object[] && row.getClass() != Object[].class) {
        // One column that is an array: Hibernate would take its elements for the columns.
        return NO_COPY;
      }
      Object copied =
          row != null && row.getClass() == Object[].class ? copyOfRow(row) : copyOf(row);
      if (copied == NO_COPY) {
        return NO_COPY;
      }
      if (copied != row) {
        copy = copy == null ? new ArrayList<>(rows) : copy;
        copy.set(i, copied);
      }
    }
    return copy == null ? rows : copy;
  }

  private Object copyOfRow(Object row) {
    @Nullable Object[] values = (@Nullable Object[]) row;
    @Nullable Object[] copy = null;
    for (int i = 0; i < values.length; i++) {
      Object copied = copyOf(values[i]);
      if (copied == NO_COPY) {
        return NO_COPY;
      }
      if (copied != values[i]) {
        copy = copy == null ? values.clone() : copy;
        copy[i] = copied;
      }
    }
    return copy == null ? row : copy;
  }

  /** The value itself if it never changes, a copy, or {@link #NO_COPY}. */
  private @Nullable Object copyOf(@Nullable Object value) {
    if (value == null || NEVER_CHANGES.get(value.getClass())) {
      return value;
    }
    if (value.getClass().isArray()) {
      return copyOfArray(value);
    }
    if (value.getClass() == ArrayList.class) {
      return copyOfList((List<?>) value);
    }
    if (value.getClass() == HashMap.class || value.getClass() == LinkedHashMap.class) {
      return copyOfMap((Map<?, ?>) value);
    }
    if (value instanceof Date date) {
      return date.clone();
    }
    if (value instanceof Calendar calendar) {
      return calendar.clone();
    }
    if (value instanceof TimeZone zone) {
      return zone.clone();
    }
    if (value instanceof BitSet bits) {
      return bits.clone();
    }
    return copyByType(value);
  }

  private @Nullable Object copyOfArray(Object array) {
    int length = Array.getLength(array);
    if (array.getClass().getComponentType().isPrimitive()) {
      Object copy = Array.newInstance(array.getClass().getComponentType(), length);
      System.arraycopy(array, 0, copy, 0, length);
      return copy;
    }
    Object[] from = (Object[]) array;
    Object[] to = from.clone();
    for (int i = 0; i < to.length; i++) {
      Object copied = copyOf(from[i]);
      if (copied == NO_COPY) {
        return NO_COPY;
      }
      to[i] = copied;
    }
    return to;
  }

  private @Nullable Object copyOfList(List<?> list) {
    List<@Nullable Object> copy = new ArrayList<>(list.size());
    for (Object element : list) {
      Object copied = copyOf(element);
      if (copied == NO_COPY) {
        return NO_COPY;
      }
      copy.add(copied);
    }
    return copy;
  }

  private @Nullable Object copyOfMap(Map<?, ?> map) {
    Map<@Nullable Object, @Nullable Object> copy = new LinkedHashMap<>();
    for (Map.Entry<?, ?> each : map.entrySet()) {
      Object key = copyOf(each.getKey());
      Object value = copyOf(each.getValue());
      if (key == NO_COPY || value == NO_COPY) {
        return NO_COPY;
      }
      copy.put(key, value);
    }
    return map.getClass() == HashMap.class ? new HashMap<>(copy) : copy;
  }

  /** What Hibernate itself copies by, if it does; a type that it takes for immutable may not be. */
  private Object copyByType(Object value) {
    // Declared differently by 6.6 and 7: by the supertype that both have.
    java.lang.reflect.Type named = value.getClass();
    JavaType<?> type = factory.getTypeConfiguration().getJavaTypeRegistry().findDescriptor(named);
    Object copy = type == null ? value : copyBy(type.getMutabilityPlan(), value);
    return copy == value ? NO_COPY : copy;
  }

  @SuppressWarnings("unchecked")
  private static <T> Object copyBy(MutabilityPlan<T> plan, Object value) {
    Object copy = plan.isMutable() ? plan.deepCopy((T) value) : value;
    return copy == null ? value : copy;
  }
}
