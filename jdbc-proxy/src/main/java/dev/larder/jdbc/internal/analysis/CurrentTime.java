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
    for (int i = 0; i < value.length(); i++) {
      switch (value.charAt(i)) {
        case 'n', 'N', 't', 'T', 'y', 'Y' -> {
          for (String word : WORDS) {
            if (wordAt(value, i, word)) {
              return true;
            }
          }
        }
        default -> {}
      }
    }
    return false;
  }

  /** The same of a literal as a text spells it: an escape may spell any letter. */
  static boolean literalMayStandFor(String spelling) {
    return switch (spelling.charAt(0)) {
      case 'e', 'E' -> spelling.indexOf('\\') >= 0 || mayStandFor(spelling);
      case 'u', 'U' -> true;
      case '\'', '$', 'n', 'N' -> mayStandFor(spelling);
      default -> false;
    };
  }

  private static boolean wordAt(String text, int i, String word) {
    int end = i + word.length();
    return text.regionMatches(true, i, word, 0, word.length())
        && (i == 0 || !letter(text.charAt(i - 1)))
        && (end == text.length() || !letter(text.charAt(end)));
  }

  private static boolean letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
