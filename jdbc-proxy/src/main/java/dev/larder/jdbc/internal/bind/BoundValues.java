package dev.larder.jdbc.internal.bind;

import dev.larder.jdbc.internal.memory.HeapSize;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URL;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.temporal.Temporal;
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

  private static final long OBJECT = HeapSize.object(6 * HeapSize.REFERENCE + 2 * Integer.BYTES);

  /** A value of any other class that is compared: none of them takes more, but for its digits. */
  private static final long ANY_VALUE = HeapSize.object(9 * HeapSize.REFERENCE);

  static final Object[] NO_OBJECTS = {};
  static final Setter[] NO_SETTERS = {};

  /** A statement without parameters. */
  public static final BoundValues NONE = new BoundValues(0);

  // Not final, because the application's own fill up while it binds; a frozen one never changes.

  /*
   * The first parameter has fields of its own: most statements have one, and a key that is looked
   * at is seldom in the processor's cache, so that each array is another wait for memory.
   */
  @Nullable Setter firstSetter;
  @Nullable Object first;
  Setter[] otherSetters;
  @Nullable Object[] others;
  Object @Nullable [] @Nullable [] extras;
  int size;

  /**
   * Set where a value is sent in the JVM's time zone: the same value then means another instant.
   */
  private @Nullable TimeZone zone;

  private int hash;

  /**
   * @param room for how many parameters there is room at first
   */
  BoundValues(int room) {
    this.otherSetters = room > 1 ? new Setter[room - 1] : NO_SETTERS;
    this.others = room > 1 ? new Object[room - 1] : NO_OBJECTS;
  }

  /**
   * How a parameter was set; null where it was not.
   *
   * @param i from 0
   */
  final @Nullable Setter setter(int i) {
    return i == 0 ? firstSetter : otherSetters[i - 1];
  }

  /**
   * What a parameter was set to.
   *
   * @param i from 0
   */
  final @Nullable Object value(int i) {
    return i == 0 ? first : others[i - 1];
  }

  /**
   * Fixes hash and zone. False where a parameter cannot be compared.
   *
   * @param mutableToo whether values that can change are known to be the ones that will be sent
   * @param taken the zone that values were taken in; null where that is the JVM's now
   */
  final boolean settle(boolean mutableToo, @Nullable TimeZone taken) {
    boolean zoned = false;
    int h = size;
    for (int i = 0; i < size; i++) {
      Setter setter = setter(i);
      if (setter == null) {
        return false;
      }
      Object value = value(i);
      if (setter.comparison() != Setter.Comparison.BY_VALUE) {
        if (setter.comparison() == Setter.Comparison.NEVER || !isComparable(value)) {
          return false;
        }
        zoned |= value instanceof java.util.Date || value instanceof Temporal;
      }
      if (!mutableToo && isMutable(value)) {
        return false;
      }
      h = mixed(h + hashOf(value));
    }
    zone = !zoned ? null : taken == null ? TimeZone.getDefault() : taken;
    hash = h;
    return true;
  }

  /** A copy that nothing outside can change. */
  public final BoundValues frozen() {
    if (size == 0) {
      return NONE;
    }
    BoundValues frozen = new BoundValues(size);
    frozen.size = size;
    frozen.zone = zone;
    frozen.hash = hash;
    frozen.firstSetter = firstSetter;
    frozen.first = copyOf(first);
    for (int i = 0; i < size - 1; i++) {
      frozen.otherSetters[i] = otherSetters[i];
      frozen.others[i] = copyOf(others[i]);
    }
    if (extras != null) {
      frozen.extras = copyOf(extras, size);
    }
    return frozen;
  }

  private static Object[] @Nullable [] copyOf(Object[] @Nullable [] extras, int size) {
    Object[] @Nullable [] copies = new Object[size][];
    for (int i = 0; i < size; i++) {
      Object[] extra = extras[i];
      if (extra != null) {
        Object[] copy = extra.clone();
        for (int j = 0; j < copy.length; j++) {
          copy[j] = extra[j] instanceof Calendar calendar ? calendar.clone() : extra[j];
        }
        copies[i] = copy;
      }
    }
    return copies;
  }

  public final boolean isEmpty() {
    return size == 0;
  }

  /** Sets the same parameters, by the same methods, on a statement. */
  public void replay(PreparedStatement statement) throws SQLException {
    for (int i = 0; i < size; i++) {
      Setter setter = setter(i);
      if (setter != null) {
        setter.replay(statement, i + 1, value(i), extras == null ? null : extras[i]);
      }
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
    return plain ? value(i) : null;
  }

  /**
   * What was set at a position, by whatever method; null where it is SQL NULL, or was not set.
   *
   * @param position from 1
   */
  final @Nullable Object valueAt(int position) {
    return position <= size ? value(position - 1) : null;
  }

  /**
   * The array that was set at a position, by a method that takes nothing but the array or says that
   * it is one; null where it is SQL NULL, was not set, or is none.
   *
   * @param position from 1
   */
  public final @Nullable ArrayElements elements(int position) {
    int i = position - 1;
    Object value = i < size ? value(i) : null;
    Object[] extra = extras == null || i >= size ? null : extras[i];
    boolean plain =
        extra == null || (extra.length == 1 && Integer.valueOf(Types.ARRAY).equals(extra[0]));
    return value == null || !plain ? null : ArrayElements.of(value);
  }

  /**
   * Adds what tells these from all others, in another JVM too.
   *
   * @return false where one of them cannot be told
   */
  public final boolean tell(CanonicalText to) {
    to.add(size);
    boolean told = TellableValue.tell(zone, to);
    for (int i = 0; i < size && told; i++) {
      Object[] extra = extras == null ? null : extras[i];
      to.add(String.valueOf(setter(i)));
      told = TellableValue.tell(value(i), to) && TellableValue.tell(extra, to);
    }
    return told;
  }

  /** About how many bytes a frozen one holds. */
  public long bytes() {
    long bytes = OBJECT;
    bytes += size > 1 ? 2 * HeapSize.array(size - 1, HeapSize.REFERENCE) : 0;
    for (int i = 0; i < size; i++) {
      Object value = value(i);
      bytes += value == null ? 0 : bytes(value);
    }
    return bytes;
  }

  /** About how many bytes a value holds. */
  static long bytes(Object value) {
    if (value instanceof String text) {
      return HeapSize.wideString(text.length());
    } else if (value instanceof byte[] array) {
      return HeapSize.array(array.length, Byte.BYTES);
    } else if (value instanceof ArrayValue array) {
      return array.bytes();
    } else if (value instanceof DriverValue own) {
      return own.bytes();
    }
    return value.getClass().isArray() ? JavaArrays.bytes(value) : ANY_VALUE;
  }

  /**
   * Whether any parameter's text, or one in an array, passes a test; what is of another class does
   * not count.
   */
  public boolean anyText(Predicate<String> test) {
    for (int i = 0; i < size; i++) {
      Object value = value(i);
      if (value != null && isText(value, test)) {
        return true;
      }
    }
    return false;
  }

  static boolean isText(Object value, Predicate<String> test) {
    if (value instanceof String text) {
      return test.test(text);
    } else if (value instanceof DriverValue own) {
      return own.anyText(test);
    }
    return value instanceof ArrayValue array
        ? array.anyText(test)
        : value.getClass().isArray() && JavaArrays.anyText(value, test);
  }

  /** Whether a value that can be compared can change after it was set. */
  static boolean isMutable(@Nullable Object value) {
    return value instanceof java.util.Date || (value != null && value.getClass().isArray());
  }

  static boolean isComparable(@Nullable Object value) {
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
        || value instanceof ArrayValue
        || value instanceof DriverValue
        || value.getClass() == Timestamp.class
        || value.getClass() == Date.class
        || value.getClass() == Time.class
        || value.getClass() == java.util.Date.class
        || (value instanceof Temporal && value.getClass().getName().startsWith("java.time."))
        || value instanceof URL
        || (value.getClass().isArray() && JavaArrays.isComparable(value));
  }

  static @Nullable Object copyOf(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      return bytes.clone();
    }
    if (value instanceof java.util.Date date) {
      return date.clone();
    }
    // What cannot be compared may be of any kind, and is of no use to a key.
    return value != null && value.getClass().isArray() && JavaArrays.isComparable(value)
        ? JavaArrays.copyOf(value)
        : value;
  }

  /**
   * Spread over all bits: of numbers in a row, in two or three columns of a key, sums of small
   * multiples are the same again and again.
   */
  private static int mixed(int hash) {
    int product = hash * 0x9E3779B1;
    return product ^ (product >>> 15);
  }

  private static int hashOf(@Nullable Object value) {
    if (value == null) {
      return 0;
    }
    // A URL's own hash asks the name service.
    return value instanceof URL url
        ? url.toString().hashCode()
        : value.getClass().isArray() ? JavaArrays.hash(value) : value.hashCode();
  }

  private static boolean same(@Nullable Object a, @Nullable Object b) {
    if (a == b) {
      return true;
    }
    if (a == null || b == null || a.getClass() != b.getClass()) {
      return false;
    }
    if (a.getClass().isArray()) {
      return JavaArrays.same(a, b);
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
    return firstSetter == that.firstSetter
        && same(first, that.first)
        && (size <= 1 || areOthersSame(that))
        && (extras == that.extras || areExtrasSame(that))
        && (zone == that.zone
            || (zone != null && that.zone != null && zone.hasSameRules(that.zone)));
  }

  private boolean areOthersSame(BoundValues that) {
    for (int i = 0; i < size - 1; i++) {
      if (otherSetters[i] != that.otherSetters[i] || !same(others[i], that.others[i])) {
        return false;
      }
    }
    return true;
  }

  private boolean areExtrasSame(BoundValues that) {
    for (int i = 0; i < size; i++) {
      if (!sameExtra(
          extras == null ? null : extras[i], that.extras == null ? null : that.extras[i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  public final int hashCode() {
    return hash;
  }
}
