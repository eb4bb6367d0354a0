package dev.larder.jdbc.internal.analysis;

/**
 * Strings that PostgreSQL reads as a moment that moves, such as 'now' cast to a timestamp.
 * Stateless.
 */
public final class CurrentTime {

  private static final String[] WORDS = {"now", "today", "tomorrow", "yesterday"};

  private CurrentTime() {}

  /** Whether PostgreSQL may read this string as a date or time that follows the clock. */
  public static boolean mayStandFor(String value) {
    return mayStandFor(value, 0, value.length());
  }

  static boolean mayStandFor(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      switch (text.charAt(i)) {
        case 'n', 'N', 't', 'T', 'y', 'Y' -> {
          for (String word : WORDS) {
            if (wordAt(text, i, from, to, word)) {
              return true;
            }
          }
        }
        case '\\' -> {
          // An escape may spell any letter; the driver's own escapes never do.
          if (from > 0 && escapes(text, from)) {
            return true;
          }
        }
        default -> {}
      }
    }
    return false;
  }

  private static boolean escapes(String text, int from) {
    char first = text.charAt(from);
    return first == 'e' || first == 'E' || first == 'u' || first == 'U';
  }

  private static boolean wordAt(String text, int i, int from, int to, String word) {
    int end = i + word.length();
    return end <= to
        && text.regionMatches(true, i, word, 0, word.length())
        && (i == from || !letter(text.charAt(i - 1)))
        && (end == to || !letter(text.charAt(end)));
  }

  private static boolean letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
