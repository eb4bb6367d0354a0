package dev.larder.jdbc.internal.bind;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The parameters an application has set, as it set them. Not thread-safe, as a statement is not.
 *
 * <p>A value is held by reference until it is sent or becomes part of a stored key, as drivers hold
 * it: an array changed after it was set and before the statement runs is sent as changed.
 */
public final class Parameters {

  static final Object[] NO_OBJECTS = {};
  static final Setter[] NO_SETTERS = {};

  private static final boolean[] NO_FLAGS = {};

  private Setter[] setters = NO_SETTERS;
  private @Nullable Object[] values = NO_OBJECTS;
  private Object @Nullable [] @Nullable [] extras;
  private boolean[] sent = NO_FLAGS;
  private int size;
  private boolean gaps;

  /**
   * Records a parameter.
   *
   * @param index from 1
   * @param extra further arguments of the setter, in order
   */
  public void set(int index, Setter setter, @Nullable Object value, Object... extra) {
    int i = index - 1;
    if (i >= setters.length) {
      grow(Math.max(index, Math.max(4, setters.length * 2)));
    }
    setters[i] = setter;
    values[i] = value;
    sent[i] = false;
    if (extra.length > 0) {
      if (extras == null) {
        extras = new Object[setters.length][];
      }
      extras[i] = extra;
    } else if (extras != null) {
      extras[i] = null;
    }
    if (index > size) {
      gaps |= index > size + 1;
      size = index;
    }
  }

  private void grow(int length) {
    setters = Arrays.copyOf(setters, length);
    values = Arrays.copyOf(values, length);
    sent = Arrays.copyOf(sent, length);
    if (extras != null) {
      extras = Arrays.copyOf(extras, length);
    }
  }

  public void clear() {
    setters = NO_SETTERS;
    values = NO_OBJECTS;
    sent = NO_FLAGS;
    extras = null;
    size = 0;
    gaps = false;
  }

  public int size() {
    return size;
  }

  /** Whether exactly the parameters 1 to {@code count} are set. */
  public boolean areComplete(int count) {
    if (size != count) {
      return false;
    }
    if (gaps) {
      for (int i = 0; i < size; i++) {
        if (setters[i] == null) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Sets on a real statement what it was not told yet. Once only: a stream is used up by being
   * sent, and drivers keep what they were told from one execution to the next.
   */
  public void replay(PreparedStatement statement) throws SQLException {
    for (int i = 0; i < size; i++) {
      Setter setter = setters[i];
      if (setter != null && (!sent[i] || mayHaveChanged(values[i]))) {
        setter.replay(statement, i + 1, values[i], extras == null ? null : extras[i]);
        sent[i] = true;
      }
    }
  }

  /** Sets all of them on a statement that was told nothing. */
  public void replayAll(PreparedStatement statement) throws SQLException {
    for (int i = 0; i < size; i++) {
      Setter setter = setters[i];
      if (setter != null) {
        setter.replay(statement, i + 1, values[i], extras == null ? null : extras[i]);
      }
    }
  }

  /** Drivers that copy what they are told would go on with what it was. */
  private static boolean mayHaveChanged(@Nullable Object value) {
    return value instanceof byte[] || value instanceof java.util.Date;
  }

  /**
   * These parameters as part of a key that is looked up and dropped: shares the values. Null where
   * a parameter cannot be compared.
   */
  public @Nullable BoundValues view() {
    return BoundValues.view(setters, values, extras, size);
  }

  /** The text of a string or number set at a position, or null where it is something else. */
  public @Nullable String text(int index) {
    Object value = index >= 1 && index <= size ? values[index - 1] : null;
    return value instanceof String || value instanceof Number || value instanceof Boolean
        ? value.toString()
        : null;
  }
}
