package dev.larder.jdbc.internal.bind;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The parameters an application has set, as it set them. Not thread-safe, as a statement is not.
 *
 * <p>A value is held by reference until it is sent or becomes part of a stored key, as drivers hold
 * it: an array changed after it was set and before the statement runs is sent as changed.
 */
public final class Parameters extends BoundValues {

  /** Which the driver was told as they are; null before it was told anything. */
  private @Nullable BitSet sent;

  private boolean gaps;

  /**
   * @param expected how many the text asks for; more can be set all the same
   */
  public Parameters(int expected) {
    super(expected);
  }

  /**
   * Records a parameter.
   *
   * @param index from 1
   */
  public void set(int index, Setter setter, @Nullable Object value) {
    int i = index - 1;
    if (i == 0) {
      firstSetter = setter;
      first = value;
    } else {
      if (i > others.length) {
        grow(Math.max(i, Math.max(4, others.length * 2)));
      }
      otherSetters[i - 1] = setter;
      others[i - 1] = value;
    }
    if (sent != null) {
      sent.clear(i);
    }
    if (extras != null) {
      extras[i] = null;
    }
    if (index > size) {
      gaps |= index > size + 1;
      size = index;
    }
  }

  /**
   * Records a parameter.
   *
   * @param index from 1
   * @param extra further arguments of the setter, in order
   */
  public void set(int index, Setter setter, @Nullable Object value, Object... extra) {
    set(index, setter, value);
    if (extras == null) {
      extras = new Object[others.length + 1][];
    }
    extras[index - 1] = extra;
  }

  private void grow(int length) {
    otherSetters = Arrays.copyOf(otherSetters, length);
    others = Arrays.copyOf(others, length);
    if (extras != null) {
      extras = Arrays.copyOf(extras, length + 1);
    }
  }

  public void clear() {
    firstSetter = null;
    first = null;
    otherSetters = NO_SETTERS;
    others = NO_OBJECTS;
    sent = null;
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
        if (setter(i) == null) {
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
  @Override
  public void replay(PreparedStatement statement) throws SQLException {
    BitSet told = sent;
    if (told == null) {
      told = new BitSet(size);
      sent = told;
    }
    for (int i = 0; i < size; i++) {
      Setter setter = setter(i);
      Object value = value(i);
      if (setter != null && (!told.get(i) || mayHaveChanged(value))) {
        setter.replay(statement, i + 1, value, extras == null ? null : extras[i]);
        told.set(i);
      }
    }
  }

  /** Sets all of them on a statement that was told nothing. */
  public void replayAll(PreparedStatement statement) throws SQLException {
    super.replay(statement);
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
    return size == 0 ? NONE : settle() ? this : null;
  }

  /** The text of a string or number set at a position, or null where it is something else. */
  public @Nullable String text(int index) {
    Object value = index >= 1 && index <= size ? value(index - 1) : null;
    return value instanceof String || value instanceof Number || value instanceof Boolean
        ? value.toString()
        : null;
  }
}
