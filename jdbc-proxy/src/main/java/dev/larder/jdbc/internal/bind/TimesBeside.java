package dev.larder.jdbc.internal.bind;

import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.temporal.Temporal;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parameters that stand together with each other, or with times or dates: a time of day beside a
 * date becomes one of the current date. Immutable and thread-safe.
 *
 * @param positions of the parameters, from 1
 * @param time whether a time of day stands there
 * @param date whether a date does
 * @param anything whether something does that may be either
 */
public record TimesBeside(List<Integer> positions, boolean time, boolean date, boolean anything) {

  private static final int TIME = 1;
  private static final int DATE = 2;

  /** {@code 10:00+02}: what that is in the session's zone, the current date decides. */
  private static final Pattern TIME_WITH_OFFSET =
      Pattern.compile("\\s*\\d{1,2}:\\d{1,2}[\\d:.]*\\s*([zZ+-]|[A-Za-z]{3,}.*/)");

  public TimesBeside {
    positions = List.copyOf(positions);
  }

  /** Whether a time of day and a date may meet with these values. */
  public boolean meet(BoundValues values) {
    int given = 0;
    for (int position : positions) {
      given |= kinds(values.valueAt(position));
    }
    int all = given | (time ? TIME : 0) | (date ? DATE : 0);
    return all == (TIME | DATE) || (anything && given != 0);
  }

  /** Whether a text is a time of day with an offset. */
  private static boolean isTimeWithOffset(String text) {
    return text.length() > 4 && TIME_WITH_OFFSET.matcher(text).lookingAt();
  }

  private static int kinds(@Nullable Object value) {
    if (value instanceof ArrayValue array) {
      return kinds(array.elements());
    } else if (value instanceof Object[] elements) {
      int found = 0;
      for (Object element : elements) {
        found |= kinds(element);
      }
      return found;
    } else if (value instanceof DriverValue) {
      return TIME | DATE;
    } else if (value instanceof OffsetTime) {
      return TIME | DATE; // its offset, or that of the other, is one of the current date
    } else if (value instanceof java.sql.Time || value instanceof LocalTime) {
      return TIME;
    }
    if (value instanceof String text) {
      return isTimeWithOffset(text) ? TIME | DATE : 0;
    }
    return value instanceof Date || value instanceof Temporal ? DATE : 0;
  }
}
