package dev.larder.jdbc.internal.bind;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How the parameters of a statement were set, so that the same can be asked of other values.
 * Immutable and thread-safe.
 */
public final class PlainParameters {

  private static final int MOST = 4;

  private final List<SingleParameter> each;
  private final List<Object> values;

  private PlainParameters(List<SingleParameter> each, List<Object> values) {
    this.each = List.copyOf(each);
    this.values = List.copyOf(values);
  }

  /** How they were set; null where there are many, or one may be converted on its way. */
  public static @Nullable PlainParameters of(BoundValues bound) {
    List<SingleParameter> each = new ArrayList<>(bound.size);
    List<Object> values = new ArrayList<>(bound.size);
    for (int i = 0; i < bound.size; i++) {
      SingleParameter one = i < MOST ? SingleParameter.at(bound, i) : null;
      Object set = one == null ? null : bound.value(i);
      Object value = set == null ? null : plain(set);
      if (one == null || value == null) {
        return null;
      }
      each.add(one);
      values.add(value);
    }
    return new PlainParameters(each, values);
  }

  /** A value as it is the same whatever its width; null where it is of another kind. */
  public static @Nullable Object plain(Object value) {
    if (value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    return value instanceof String || value instanceof UUID ? value : null;
  }

  /** What they were set to, as {@link #plain} says it. */
  public List<Object> values() {
    return values;
  }

  /**
   * Others, set in the same way.
   *
   * @return frozen; null where one is of another class
   */
  public @Nullable BoundValues with(List<Object> others) {
    BoundValues bound = new BoundValues(each.size());
    bound.size = each.size();
    for (int i = 0; i < bound.size; i++) {
      Object value = each.get(i).as(others.get(i));
      if (value == null) {
        return null;
      }
      if (i == 0) {
        bound.firstSetter = each.get(i).setter();
        bound.first = value;
      } else {
        bound.otherSetters[i - 1] = each.get(i).setter();
        bound.others[i - 1] = value;
      }
    }
    if (bound.size == 0) {
      return BoundValues.NONE;
    }
    // Fixes the hash; values of these classes can always be compared.
    bound.settle(false, null);
    return bound;
  }
}
