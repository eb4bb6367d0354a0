package dev.larder.jdbc.internal.result.column;

import java.time.LocalDateTime;

/**
 * A timestamp as servers write it ({@code 2024-05-06 07:08:09.123456+02}), packed into a long.
 * Stateless and thread-safe.
 */
public final class PackedTimestamp {

  /*
   * From the top: year (12 bits), month (4), day (5), hour (5), minute (6), second (6), microsecond
   * (20), offset (6: half hours from -15:00, or none). A year past 4095 or an offset of other
   * minutes stays text.
   */

  public static final long UNPACKABLE = -1L;

  private static final int NO_OFFSET = 63;
  private static final int ZERO_OFFSET = 30;

  /** From the first of March of the year 0. */
  private static final int DAYS_TO_1970 = 719_468;

  private PackedTimestamp() {}

  public static long pack(String text) {
    int length = text.length();
    if (length < 19
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || text.charAt(10) != ' '
        || text.charAt(13) != ':'
        || text.charAt(16) != ':') {
      return UNPACKABLE;
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    if ((year | month | day | hour | minute | second) < 0 || year > 4095) {
      return UNPACKABLE;
    }
    int at = 19;
    int micros = 0;
    if (at < length && text.charAt(at) == '.') {
      int end = at + 1;
      while (end < length && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
        end++;
      }
      int digits = end - at - 1;
      if (digits == 0 || digits > 6) {
        return UNPACKABLE;
      }
      micros = number(text, at + 1, end);
      for (int i = digits; i < 6; i++) {
        micros *= 10;
      }
      at = end;
    }
    int offset = offset(text, at);
    if (offset < 0) {
      return UNPACKABLE;
    }
    return pack(year, month, day, hour, minute, second, micros, offset);
  }

  /** Packs a moment with an offset in seconds. */
  public static long pack(LocalDateTime time, int offset) {
    int halves = offset / 1800;
    return offset % 1800 != 0 || Math.abs(halves) > 29
        ? UNPACKABLE
        : packed(time, ZERO_OFFSET + halves);
  }

  /** Packs a moment without an offset. */
  public static long pack(LocalDateTime time) {
    return packed(time, NO_OFFSET);
  }

  private static long packed(LocalDateTime time, int offset) {
    int year = time.getYear();
    return year < 0 || year > 4095
        ? UNPACKABLE
        : pack(
            year,
            time.getMonthValue(),
            time.getDayOfMonth(),
            time.getHour(),
            time.getMinute(),
            time.getSecond(),
            time.getNano() / 1000,
            offset);
  }

  private static long pack(
      int year, int month, int day, int hour, int minute, int second, int micros, int offset) {
    return ((long) year << 52)
        | ((long) month << 48)
        | ((long) day << 43)
        | ((long) hour << 38)
        | ((long) minute << 32)
        | ((long) second << 26)
        | ((long) micros << 6)
        | offset;
  }

  /** The code of what follows the time: nothing, or an offset in whole or half hours. */
  private static int offset(String text, int at) {
    int left = text.length() - at;
    if (left == 0) {
      return NO_OFFSET;
    }
    char sign = text.charAt(at);
    if ((sign != '+' && sign != '-') || (left != 3 && left != 6)) {
      return -1;
    }
    int hours = number(text, at + 1, at + 3);
    int minutes = 0;
    if (left == 6) {
      minutes = text.charAt(at + 3) == ':' ? number(text, at + 4, at + 6) : -1;
      if (minutes != 30) {
        return -1;
      }
    }
    if (hours < 0 || hours > 14) {
      return -1;
    }
    int halves = hours * 2 + minutes / 30;
    return sign == '-' ? ZERO_OFFSET - halves : ZERO_OFFSET + halves;
  }

  private static int number(String text, int from, int to) {
    int n = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      n = n * 10 + digit;
    }
    return n;
  }

  public static int year(long packed) {
    return (int) (packed >>> 52);
  }

  public static int month(long packed) {
    return (int) (packed >>> 48) & 0xF;
  }

  public static int day(long packed) {
    return (int) (packed >>> 43) & 0x1F;
  }

  public static int hour(long packed) {
    return (int) (packed >>> 38) & 0x1F;
  }

  public static int minute(long packed) {
    return (int) (packed >>> 32) & 0x3F;
  }

  public static int second(long packed) {
    return (int) (packed >>> 26) & 0x3F;
  }

  public static int micros(long packed) {
    return (int) (packed >>> 6) & 0xFFFFF;
  }

  /** Milliseconds since 1970, as if the fields were UTC's. */
  public static long epochMillisAtUtc(long packed) {
    // Years begin in March, so that the leap day is the last of one (Hinnant, chrono-compatible
    // low-level date algorithms).
    int month = month(packed);
    int year = month > 2 ? year(packed) : year(packed) - 1;
    int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day(packed) - 1;
    long days = 365L * year + year / 4 - year / 100 + year / 400 + dayOfYear - DAYS_TO_1970;
    long seconds = days * 86_400 + hour(packed) * 3_600L + minute(packed) * 60L + second(packed);
    return seconds * 1_000 + micros(packed) / 1_000;
  }

  public static boolean hasOffset(long packed) {
    return (packed & 0x3F) != NO_OFFSET;
  }

  /** The offset in seconds. */
  public static int offset(long packed) {
    return ((int) (packed & 0x3F) - ZERO_OFFSET) * 1800;
  }

  /** The text, with as many digits of a second as matter, as PostgreSQL writes it. */
  public static String text(long packed) {
    StringBuilder text = seconds(packed);
    int micros = micros(packed);
    if (micros != 0) {
      text.append('.');
      for (int unit = 100_000; micros != 0; unit /= 10) {
        text.append((char) ('0' + micros / unit));
        micros %= unit;
      }
    }
    if (hasOffset(packed)) {
      int halves = (int) (packed & 0x3F) - ZERO_OFFSET;
      two(text.append(halves < 0 ? '-' : '+'), Math.abs(halves) / 2);
      if (halves % 2 != 0) {
        text.append(":30");
      }
    }
    return text.toString();
  }

  /** The text, with this many digits of a second, as MariaDB writes it. */
  public static String text(long packed, int digits) {
    StringBuilder text = seconds(packed);
    if (digits > 0) {
      text.append('.');
      int micros = micros(packed);
      int unit = 100_000;
      for (int i = 0; i < digits; i++) {
        text.append((char) ('0' + micros / unit));
        micros %= unit;
        unit /= 10;
      }
    }
    return text.toString();
  }

  private static StringBuilder seconds(long packed) {
    StringBuilder text = new StringBuilder(32);
    int year = year(packed);
    text.append((char) ('0' + year / 1000)).append((char) ('0' + year / 100 % 10));
    two(text, year % 100);
    two(text.append('-'), month(packed));
    two(text.append('-'), day(packed));
    two(text.append(' '), hour(packed));
    two(text.append(':'), minute(packed));
    two(text.append(':'), second(packed));
    return text;
  }

  private static void two(StringBuilder text, int number) {
    text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }
}
