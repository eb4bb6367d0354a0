package dev.larder.jdbc.internal.bind;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URL;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Calendar;
import java.util.TimeZone;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Parameters as a part of a key: compared by setter, by class and by content. A {@link #frozen()}
 * one is immutable and thread-safe; a view shares the application's values and must not outlive the
 * call.
 */
public class BoundValues {

  static final Object[] NO_OBJECTS = {};
  static final Setter[] NO_SETTERS = {};

  /** A statement without parameters. */
  public static final BoundValues NONE = new BoundValues(NO_SETTERS, NO_OBJECTS, null, 0);

  // Not final, because the application's own fill up while it binds; a frozen one never changes.
  Setter[] setters;
  @Nullable Object[] values;
  Object @Nullable [] @Nullable [] extras;
  int size;

  /**
   * Set where a value is sent in the JVM's time zone: the same value then means another instant.
   */
  private @Nullable TimeZone zone;

  private int hash;

  BoundValues(
      Setter[] setters,
      @Nullable Object[] values,
      Object @Nullable [] @Nullable [] extras,
      int size) {
    this.setters = setters;
    this.values = values;
    this.extras = extras;
    this.size = size;
  }

  /** Fixes hash and zone. False where a parameter cannot be compared. */
  final boolean settle() {
    boolean zoned = false;
    int h = size;
    for (int i = 0; i < size; i++) {
      Setter setter = setters[i];
      if (setter == null) {
        return false;
      }
      Object value = values[i];
      if (setter.comparison() != Setter.Comparison.BY_VALUE) {
        if (setter.comparison() == Setter.Comparison.NEVER || !isComparable(value)) {
          return false;
        }
        zoned |= value instanceof java.util.Date || value instanceof Temporal;
      }
      h = 31 * h + (value instanceof byte[] bytes ? Arrays.hashCode(bytes) : hashOf(value));
    }
    zone = zoned ? TimeZone.getDefault() : null;
    hash = h;
    return true;
  }

  /** A copy that nothing outside can change. */
  public final BoundValues frozen() {
    if (size == 0) {
      return NONE;
    }
    @Nullable Object[] copies = Arrays.copyOf(values, size);
    for (int i = 0; i < size; i++) {
      copies[i] = copyOf(copies[i]);
    }
    Object[][] extraCopies = null;
    if (extras != null) {
      extraCopies = new Object[size][];
      for (int i = 0; i < size; i++) {
        Object[] extra = extras[i];
        if (extra != null) {
          Object[] extraCopy = extra.clone();
          for (int j = 0; j < extraCopy.length; j++) {
            extraCopy[j] = extra[j] instanceof Calendar calendar ? calendar.clone() : extra[j];
          }
          extraCopies[i] = extraCopy;
        }
      }
    }
    BoundValues frozen = new BoundValues(Arrays.copyOf(setters, size), copies, extraCopies, size);
    frozen.zone = zone;
    frozen.hash = hash;
    return frozen;
  }

  public final boolean isEmpty() {
    return size == 0;
  }

  /** Sets the same parameters, by the same methods, on a statement. */
  public void replay(PreparedStatement statement) throws SQLException {
    for (int i = 0; i < size; i++) {
      setters[i].replay(statement, i + 1, values[i], extras == null ? null : extras[i]);
    }
  }

  /**
   * The value that was set at a position by a method that takes nothing but the value; null where
   * it is SQL NULL, was not set, or may be converted on its way.
   *
   * @param position from 1
   */
  public final @Nullable Object plainValue(int position) {
    int i = position - 1;
    boolean plain = i < size && (extras == null || extras[i] == null);
    return plain ? values[i] : null;
  }

  /** About how many bytes a frozen one holds. */
  public long bytes() {
    long bytes = 64 + 24L * size;
    for (int i = 0; i < size; i++) {
      Object value = values[i];
      if (value instanceof String text) {
        bytes += 56 + 2L * text.length();
      } else if (value instanceof byte[] array) {
        bytes += 16 + array.length;
      } else if (value != null) {
        bytes += 48;
      }
    }
    return bytes;
  }

  /** Whether any parameter's text passes a test; parameters of other classes do not count. */
  public boolean anyText(Predicate<String> test) {
    for (int i = 0; i < size; i++) {
      if (values[i] instanceof String text && test.test(text)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isComparable(@Nullable Object value) {
    return value == null
        || value instanceof String
        || value instanceof Integer
        || value instanceof Long
        || value instanceof Boolean
        || value instanceof Double
        || value instanceof Float
        || value instanceof Short
        || value instanceof Byte
        || value instanceof Character
        || value.getClass() == BigDecimal.class
        || value.getClass() == BigInteger.class
        || value instanceof UUID
        || value instanceof byte[]
        || value.getClass() == Timestamp.class
        || value.getClass() == Date.class
        || value.getClass() == Time.class
        || value.getClass() == java.util.Date.class
        || (value instanceof Temporal && value.getClass().getName().startsWith("java.time."))
        || value instanceof URL;
  }

  private static @Nullable Object copyOf(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      return bytes.clone();
    }
    return value instanceof java.util.Date date ? date.clone() : value;
  }

  private static int hashOf(@Nullable Object value) {
    // A URL's own hash asks the name service.
    return value == null
        ? 0
        : value instanceof URL url ? url.toString().hashCode() : value.hashCode();
  }

  private static boolean same(@Nullable Object a, @Nullable Object b) {
    if (a == b) {
      return true;
    }
    if (a == null || b == null || a.getClass() != b.getClass()) {
      return false;
    }
    if (a instanceof byte[] bytes) {
      return Arrays.equals(bytes, (byte[]) b);
    }
    return a instanceof URL ? a.toString().equals(b.toString()) : a.equals(b);
  }

  private static boolean sameExtra(Object @Nullable [] a, Object @Nullable [] b) {
    if (a == null || b == null || a.length != b.length) {
      return a == b;
    }
    for (int i = 0; i < a.length; i++) {
      boolean equal =
          a[i] instanceof SQLType type && b[i] instanceof SQLType other
              ? type.equals(other)
              : same(a[i], b[i]);
      if (!equal) {
        return false;
      }
    }
    return true;
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    if (this == other) {
      return true;
    }
    if (!(other instanceof BoundValues that) || hash != that.hash || size != that.size) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      if (setters[i] != that.setters[i]
          || !same(values[i], that.values[i])
          || !sameExtra(
              extras == null ? null : extras[i], that.extras == null ? null : that.extras[i])) {
        return false;
      }
    }
    return zone == that.zone || (zone != null && that.zone != null && zone.hasSameRules(that.zone));
  }

  @Override
  public final int hashCode() {
    return hash;
  }
}
