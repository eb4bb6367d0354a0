package dev.larder.jdbc.internal.analysis;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Strings that PostgreSQL reads as a moment that moves, such as 'now' cast to a timestamp.
 * Stateless.
 */
public final class CurrentTime {

  private static final String[] WORDS = {"now", "today", "tomorrow", "yesterday"};

  /** A part of a string that a list, range or row may take as one value. */
  private static final Pattern BETWEEN_VALUES =
      Pattern.compile("[^\\p{L}\\p{N}\\x80-\\uFFFF \\t\\r\\n+:/._-]+");

  private static final Pattern TIME_WITH_OFFSET =
      Pattern.compile("^[A-Za-z_&]*'\\s*\\d{1,2}:\\d{1,2}[\\d:.]*\\s*([zZ+-]|[A-Za-z]{3,}.*/)");

  /** Words that are too long to be an abbreviation of a zone, and neither this nor a keyword. */
  private static final Pattern LONG_WORD =
      Pattern.compile("(?<![^\\s])[a-z]{6,}(?![^\\s])", Pattern.CASE_INSENSITIVE);

  private static final Set<String> LONG_WORDS_OF_TIME =
      Set.of(
          ("tomorrow yesterday january february august september october november december monday"
                  + " tuesday wednesday thursday friday saturday sunday allballs infinity isodow"
                  + " isoyear julian universal jamaica portugal kwajalein hongkong turkey"
                  + " factory navajo israel iceland greenwich poland singapore cetdst eetdst metdst"
                  + " wetdst localtime posixrules")
              .split(" "));

  /** What makes a time of a text that is not one literal. */
  private static final Set<String> CONVERSIONS =
      Set.of(
          "CAST",
          "DATE",
          "TIME",
          "TIMESTAMP",
          "TIMESTAMPTZ",
          "TIMETZ",
          "RETURNING",
          "XMLTABLE",
          "JSON_TABLE");

  /** A character that UESCAPE may have made an escape, before the number of another. */
  private static final Pattern ESCAPED_OTHERWISE =
      Pattern.compile("[^\\\\0-9a-fA-F](\\+[0-9a-fA-F]{2})?[0-9a-fA-F]{4}");

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

  /**
   * Whether a literal, as a text spells it, is a time of day with an offset: what that is in the
   * session's zone, the current date decides.
   */
  static boolean isTimeWithOffset(String spelling) {
    return spelling.length() > 6
        && spelling.indexOf(':') > 0
        && TIME_WITH_OFFSET.matcher(spelling).find();
  }

  /**
   * The same of a literal as a text spells it.
   *
   * @param wholly whether it counts as a whole, or by the values it lists, and no part of it is cut
   *     out
   */
  static boolean literalMayStandFor(String spelling, boolean wholly) {
    String content =
        switch (spelling.charAt(0)) {
          case 'e', 'E' -> EscapeString.content(spelling);
          case 'u', 'U' -> Quotations.unicode(spelling);
          case '\'', '$', 'n', 'N' -> spelling;
          default -> "";
        };
    boolean otherwise =
        (spelling.charAt(0) | 0x20) == 'u'
            && ESCAPED_OTHERWISE.matcher(spelling.substring(3)).find();
    return otherwise || (mayStandFor(content) && !(wholly && isSentence(content)));
  }

  /**
   * Whether a text has anything that makes a time of what is no literal, so that also what a
   * function cuts out of a literal may become one.
   */
  static boolean convertsTexts(Tokens tokens) {
    for (int i = 0; i < tokens.size; i++) {
      boolean quoted = tokens.kind(i) == Tokens.QUOTED;
      String word = quoted ? Tokens.upper(tokens.part(i)) : tokens.word(i);
      if (tokens.isSymbol(i, "::") || CONVERSIONS.contains(word) || word.contains("RECORD")) {
        return true;
      }
    }
    return false;
  }

  /** Whether each value that names the clock holds a word that is none of dates and times. */
  private static boolean isSentence(String content) {
    for (String value : BETWEEN_VALUES.split(content)) {
      if (mayStandFor(value) && !hasOtherWord(value)) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasOtherWord(String value) {
    return LONG_WORD
        .matcher(value)
        .results()
        .anyMatch(word -> !LONG_WORDS_OF_TIME.contains(word.group().toLowerCase(Locale.ROOT)));
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
