package dev.larder.jdbc.internal.settings;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations, sizes and whole numbers as settings spell them. Stateless and thread-safe. */
final class Quantity {
  private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,18})\\s*([a-zA-Z]*)");

  private Quantity() {}

  /** The duration a text spells, or null where it spells none; never negative. */
  static @Nullable Duration duration(String text) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(text);
    try {
      if (matcher.matches()) {
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          case "d" -> Duration.ofDays(amount);
          case "" -> amount == 0 ? Duration.ZERO : null;
          default -> null;
        };
      }
      Duration iso = text.regionMatches(true, 0, "P", 0, 1) ? Duration.parse(text) : null;
      return iso == null || iso.isNegative() ? null : iso;
    } catch (DateTimeParseException | ArithmeticException notADuration) {
      return null;
    }
  }

  /** The number of bytes a text spells, or empty where it spells none. */
  static OptionalLong size(String text) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(text);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    int shift =
        switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
          case "", "b" -> 0;
          case "kb", "kib", "k" -> 10;
          case "mb", "mib", "m" -> 20;
          case "gb", "gib", "g" -> 30;
          case "tb", "tib", "t" -> 40;
          default -> -1;
        };
    long amount = Long.parseLong(matcher.group(1));
    return shift < 0 || amount > Long.MAX_VALUE >> shift
        ? OptionalLong.empty()
        : OptionalLong.of(amount << shift);
  }

  /** The decimal number a text spells, or null where it spells none. */
  static @Nullable BigDecimal decimal(String text) {
    return text.matches("\\d{1,3}(\\.\\d{1,9})?|\\.\\d{1,9}") ? new BigDecimal(text) : null;
  }

  /** The whole number a text spells, or empty where it spells none. */
  static OptionalLong number(String text) {
    return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }
}
