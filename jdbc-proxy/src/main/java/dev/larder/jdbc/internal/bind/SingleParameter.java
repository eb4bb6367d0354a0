package dev.larder.jdbc.internal.bind;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How the only parameter of a statement was set, so that the same can be asked of other values.
 * Immutable and thread-safe.
 */
public final class SingleParameter {

  private final Setter setter;
  private final Class<?> type;

  private SingleParameter(Setter setter, Class<?> type) {
    this.setter = setter;
    this.type = type;
  }

  /** How it was set; null where there are more, or another value may be converted otherwise. */
  public static @Nullable SingleParameter of(BoundValues values) {
    return values.size == 1 ? at(values, 0) : null;
  }

  /** How one of several was set; null like that. */
  static @Nullable SingleParameter at(BoundValues values, int i) {
    Setter setter = values.setter(i);
    Object value = setter == null ? null : values.plainValue(i + 1);
    return setter == null || value == null || !isPlain(value)
        ? null
        : new SingleParameter(setter, value.getClass());
  }

  Setter setter() {
    return setter;
  }

  private static boolean isPlain(Object value) {
    return value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte
        || value instanceof String
        || value instanceof UUID;
  }

  /** The same value as the class that was set; null where that cannot hold it. */
  public @Nullable Object as(Object value) {
    if (!(value instanceof Long number)) {
      return value.getClass() == type ? value : null;
    }
    if (type == Long.class) {
      return number;
    } else if (type == Integer.class) {
      return number == number.intValue() ? (Object) number.intValue() : null;
    } else if (type == Short.class) {
      return number == number.shortValue() ? (Object) number.shortValue() : null;
    }
    return type == Byte.class && number == number.byteValue() ? (Object) number.byteValue() : null;
  }

  /**
   * Several parameters, each set so.
   *
   * @param values of the class that was set
   * @return frozen
   */
  public BoundValues with(List<Object> values) {
    BoundValues bound = new BoundValues(values.size());
    bound.size = values.size();
    bound.firstSetter = setter;
    bound.first = values.get(0);
    for (int i = 1; i < bound.size; i++) {
      bound.otherSetters[i - 1] = setter;
      bound.others[i - 1] = values.get(i);
    }
    // Fixes the hash; values of these classes can always be compared.
    bound.settle(false, null);
    return bound;
  }
}
