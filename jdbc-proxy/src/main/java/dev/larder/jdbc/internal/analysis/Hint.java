package dev.larder.jdbc.internal.analysis;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code larder(...)} comments. Stateless. */
final class Hint {

  private static final String NAME = "larder";
  private static final String SET_VAR = "SET_VAR";

  private Hint() {}

  /** Whether {@code larder (} opens the comment text between the two positions. */
  static boolean startsAt(String sql, int from, int to) {
    int at = skipSpace(sql, from, to);
    if (!sql.regionMatches(true, at, NAME, 0, NAME.length())) {
      return false;
    }
    at = skipSpace(sql, at + NAME.length(), to);
    return at < to && sql.charAt(at) == '(';
  }

  /** Whether the optimizer hints between the two positions may set a variable. */
  static boolean setsVariable(String sql, int from, int to) {
    for (int i = from; i + SET_VAR.length() <= to; i++) {
      if (sql.regionMatches(true, i, SET_VAR, 0, SET_VAR.length())) {
        return true;
      }
    }
    return false;
  }

  private static int skipSpace(String sql, int from, int to) {
    int at = from;
    while (at < to && sql.charAt(at) <= ' ') {
      at++;
    }
    return at;
  }

  /** What these comments ask for together; what is malformed asks for nothing. */
  static Hints read(List<String> comments) {
    if (comments.isEmpty()) {
      return Hints.NONE;
    }
    boolean bypass = false;
    Duration ttl = null;
    String kept = null;
    Set<String> tags = new LinkedHashSet<>();
    boolean primary = false;
    boolean replica = false;
    for (String comment : comments) {
      int open = comment.indexOf('(');
      int close = comment.lastIndexOf(')');
      if (close < open) {
        continue;
      }
      for (String word : words(comment.substring(open + 1, close))) {
        int equals = word.indexOf('=');
        String key = Tokens.lower(equals < 0 ? word : word.substring(0, equals));
        String value = equals < 0 ? "" : word.substring(equals + 1);
        switch (key) {
          case "bypass" -> bypass |= equals < 0;
          case "tag" -> {
            if (!value.isEmpty()) {
              tags.add(value);
            }
          }
          case "ttl" -> {
            Duration asked = duration(value);
            if (asked != null && (ttl == null || asked.compareTo(ttl) < 0)) {
              ttl = asked;
            }
          }
          case "kept" -> kept = value.isEmpty() ? null : value;
          case "primary" -> primary |= equals < 0;
          case "replica" -> replica |= equals < 0;
          default -> {
            // words of later versions
          }
        }
      }
    }
    // The stricter of two wins.
    Hints.Node node = primary ? Hints.Node.PRIMARY : replica ? Hints.Node.REPLICA : Hints.Node.ANY;
    return new Hints(bypass, ttl, tags, node, kept);
  }

  private static List<String> words(String text) {
    String parted = text.replace(',', ' ').strip();
    return parted.isEmpty() ? List.of() : List.of(parted.split("\\s+"));
  }

  private static @Nullable Duration duration(String value) {
    try {
      if (value.startsWith("P") || value.startsWith("p")) {
        Duration iso = Duration.parse(value);
        return iso.isNegative() ? null : iso;
      }
      int digits = 0;
      while (digits < value.length()
          && value.charAt(digits) >= '0'
          && value.charAt(digits) <= '9') {
        digits++;
      }
      if (digits == 0) {
        return null;
      }
      long amount = Long.parseLong(value.substring(0, digits));
      return switch (Tokens.lower(value.substring(digits))) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        default -> null;
      };
    } catch (ArithmeticException | NumberFormatException | DateTimeParseException malformed) {
      return null;
    }
  }
}
