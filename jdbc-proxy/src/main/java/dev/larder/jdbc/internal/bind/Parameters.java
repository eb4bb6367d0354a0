package dev.larder.jdbc.internal.bind;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Calendar;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * The parameters an application has set, as it set them. Not thread-safe, as a statement is not.
 *
 * <p>A value is the one that the driver would send: where the driver takes it in the setter, one
 * that can change is copied then; where the driver keeps what it was given, so does this.
 */
public final class Parameters extends BoundValues {

  private final ValueMoment moment;
  private final int expected;
  private final KnownArrays arrays;

  /** Which of the first so many the driver was told as they are, a bit for each. */
  private int sent;

  /** Which of the others; null before it was told one of them. */
  private @Nullable BitSet sentBeyond;

  private boolean gaps;

  /** The zone that values were taken in, where the driver takes them in the setter. */
  private @Nullable TimeZone taken;

  private boolean takenInSeveral;

  /**
   * @param expected how many the text asks for; more can be set all the same
   * @param moment when the driver takes a value
   */
  public Parameters(int expected, ValueMoment moment) {
    this(expected, moment, KnownArrays.NONE);
  }

  /**
   * @param expected how many the text asks for; more can be set all the same
   * @param moment when the driver takes a value
   * @param arrays the arrays that it is known to take
   */
  public Parameters(int expected, ValueMoment moment, KnownArrays arrays) {
    super(expected);
    this.arrays = arrays;
    this.expected = expected;
    this.moment = moment;
  }

  /**
   * Whether the driver has to be told of a parameter in its setter: only it can take the value, or
   * it may refuse it.
   *
   * @param index from 1; what is out of range is the driver's to refuse
   * @param extra further arguments of the setter; empty where there are none
   */
  public boolean needsDriver(
      int index, Setter setter, @Nullable Object value, @Nullable Object... extra) {
    boolean plain =
        setter.isPlain(value, extra)
            || arrays.take(setter, value)
            || (value instanceof DriverValue own && own.isTaken());
    if (index < 1 || index > expected || !plain) {
      return true;
    }
    return isMutable(value) && (moment == ValueMoment.UNKNOWN || zoneHasMoved(value));
  }

  /** Whether a value would be sent in another time zone than those that were set before. */
  private boolean zoneHasMoved(@Nullable Object value) {
    return moment == ValueMoment.SETTER
        && value instanceof java.util.Date
        && taken != null
        && !taken.equals(TimeZone.getDefault());
  }

  /**
   * Records a parameter whose setter takes values of one immutable class only, if the text asks for
   * one at that place.
   */
  public boolean setPlain(int index, Setter setter, @Nullable Object value) {
    if (index < 1 || index > expected) {
      return false;
    }
    put(index, setter, value);
    if (extras != null) {
      extras[index - 1] = null;
    }
    return true;
  }

  /**
   * Records a parameter.
   *
   * @param index from 1
   * @param extra further arguments of the setter, in order; empty where there are none
   */
  public void set(int index, Setter setter, @Nullable Object value, @Nullable Object... extra) {
    int i = index - 1;
    Object kept = value;
    if (setter.mayTakeMutable() && value != null && moment == ValueMoment.SETTER) {
      kept = copyOf(value);
      inZone(value);
    }
    put(index, setter, kept);
    if (extra.length > 0) {
      keepExtra(i, extra);
    } else if (extras != null) {
      extras[i] = null;
    }
  }

  private void put(int index, Setter setter, @Nullable Object kept) {
    int i = index - 1;
    if (i == 0) {
      firstSetter = setter;
      first = kept;
    } else {
      if (i > others.length) {
        grow(Math.max(i, Math.max(4, others.length * 2)));
      }
      otherSetters[i - 1] = setter;
      others[i - 1] = kept;
    }
    isToBeSent(i);
    if (index > size) {
      gaps |= index > size + 1;
      size = index;
    }
  }

  private void keepExtra(int i, @Nullable Object[] extra) {
    if (extras == null) {
      extras = new Object[others.length + 1][];
    }
    if (moment == ValueMoment.SETTER && extra[0] instanceof Calendar calendar) {
      extra[0] = calendar.clone();
    }
    extras[i] = extra;
  }

  /**
   * Sets a parameter on a real statement, and records it if the driver takes it.
   *
   * @param index as the application gave it
   */
  public void tell(
      PreparedStatement statement,
      int index,
      Setter setter,
      @Nullable Object value,
      @Nullable Object... extra)
      throws SQLException {
    if (zoneHasMoved(value)) {
      // What was taken before goes in the zone that it was taken in.
      replay(statement);
    }
    setter.replay(statement, index, value, extra);
    if (index > 0) {
      set(index, setter, value, extra);
      isSent(index - 1);
    }
  }

  private void inZone(Object value) {
    if (value instanceof java.util.Date) {
      TimeZone now = TimeZone.getDefault();
      takenInSeveral |= taken != null && !taken.equals(now);
      taken = now;
    }
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
    sent = 0;
    sentBeyond = null;
    extras = null;
    size = 0;
    gaps = false;
    taken = null;
    takenInSeveral = false;
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
    Calendar then = null;
    boolean asked = false;
    for (int i = firstToSend(0); i < size; i = firstToSend(i + 1)) {
      Setter setter = setter(i);
      if (setter != null) {
        if (!asked) {
          then = zoneThatHasPassed();
          asked = true;
        }
        replay(statement, i, setter, then);
        isSent(i);
      }
    }
  }

  private void isSent(int i) {
    if (i < Integer.SIZE) {
      sent |= 1 << i;
      return;
    }
    if (sentBeyond == null) {
      sentBeyond = new BitSet(size - Integer.SIZE);
    }
    sentBeyond.set(i - Integer.SIZE);
  }

  private void isToBeSent(int i) {
    if (i < Integer.SIZE) {
      sent &= ~(1 << i);
    } else if (sentBeyond != null) {
      sentBeyond.clear(i - Integer.SIZE);
    }
  }

  /** The first that the driver was not told, of those from {@code i} on. */
  private int firstToSend(int i) {
    if (i < Integer.SIZE) {
      int open = ~sent >>> i;
      if (open != 0) {
        return i + Integer.numberOfTrailingZeros(open);
      }
    }
    int beyond = Math.max(0, i - Integer.SIZE);
    return Integer.SIZE + (sentBeyond == null ? beyond : sentBeyond.nextClearBit(beyond));
  }

  private void replay(PreparedStatement statement, int i, Setter setter, @Nullable Calendar then)
      throws SQLException {
    Object value = value(i);
    Object[] extra = extras == null ? null : extras[i];
    if (then != null && value instanceof java.util.Date && !setter.namesItsZone(extra)) {
      Setter.replayIn(then, statement, i + 1, value);
    } else {
      setter.replay(statement, i + 1, value, extra);
    }
  }

  /** The zone that values were set in, where it is no longer the JVM's; else null. */
  private @Nullable Calendar zoneThatHasPassed() {
    TimeZone then = taken;
    boolean passed = then != null && !then.equals(TimeZone.getDefault());
    return passed ? Calendar.getInstance(then) : null;
  }

  /** Sets all of them on a statement that was told nothing. */
  public void replayAll(PreparedStatement statement) throws SQLException {
    Calendar then = zoneThatHasPassed();
    for (int i = 0; i < size; i++) {
      Setter setter = setter(i);
      if (setter != null) {
        replay(statement, i, setter, then);
      }
    }
  }

  /**
   * These parameters as part of a key that is looked up and dropped: shares the values. Null where
   * a parameter cannot be compared.
   */
  public @Nullable BoundValues view() {
    return size == 0
        ? NONE
        : !takenInSeveral && settle(moment != ValueMoment.UNKNOWN, taken) ? this : null;
  }

  /** The text of a string or number set at a position, or null where it is something else. */
  public @Nullable String text(int index) {
    Object value = index >= 1 && index <= size ? value(index - 1) : null;
    return value instanceof String || value instanceof Number || value instanceof Boolean
        ? value.toString()
        : null;
  }
}
