package dev.larder.jdbc.internal.bind;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The values of parameters that can be told to another JVM. Stateless and thread-safe. */
final class TellableValue {

  /** Those whose own text tells them from every other of their class. */
  private static final Set<Class<?>> BY_TEXT =
      Set.of(
          String.class,
          Integer.class,
          Long.class,
          Short.class,
          Byte.class,
          Boolean.class,
          BigDecimal.class,
          UUID.class,
          LocalDate.class,
          LocalTime.class,
          LocalDateTime.class,
          OffsetDateTime.class,
          Instant.class);

  private TellableValue() {}

  /**
   * Adds a value.
   *
   * @return false where it cannot be told
   */
  static boolean tell(@Nullable Object value, CanonicalText to) {
    String text = value == null ? "" : text(value);
    if (text == null) {
      return false;
    }
    to.add(value == null ? null : value.getClass().getName()).add(text);
    return true;
  }

  private static @Nullable String text(Object value) {
    if (BY_TEXT.contains(value.getClass())) {
      return value.toString();
    } else if (value instanceof Double number) {
      return Long.toHexString(Double.doubleToRawLongBits(number));
    } else if (value instanceof Float number) {
      return Integer.toHexString(Float.floatToRawIntBits(number));
    } else if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    } else if (value.getClass() == Timestamp.class) {
      return ((Timestamp) value).getTime() + "." + ((Timestamp) value).getNanos();
    } else if (value.getClass() == Date.class || value.getClass() == Time.class) {
      return Long.toString(((java.util.Date) value).getTime());
    }
    return null;
  }

  /**
   * Adds the zone that times are sent in.
   *
   * @return false for one that its name does not tell
   */
  static boolean tell(@Nullable TimeZone zone, CanonicalText to) {
    to.add(zone == null ? null : zone.getID());
    return zone == null || zone.equals(TimeZone.getTimeZone(zone.getID()));
  }

  /**
   * Adds what a setter took beside the value.
   *
   * @return false where it cannot be told
   */
  static boolean tell(Object @Nullable [] extra, CanonicalText to) {
    to.add(extra == null ? -1 : extra.length);
    if (extra != null) {
      for (Object each : extra) {
        if (!(each instanceof Integer number)) {
          return false;
        }
        to.add(number);
      }
    }
    return true;
  }
}
