package dev.larder.jdbc.internal.ask;

import java.util.HexFormat;

/** Texts as they are shown to whoever asks: without a value of the application's. Stateless. */
public final class ShownText {

  /** What stands for a text whose literals were not told apart. */
  public static final String HIDDEN = "(a text whose literals were not told apart)";

  private static final int LONGEST = 4_000;

  private ShownText() {}

  /**
   * A template, with ? for each literal that was lifted. Comments go too, which some templates keep
   * and in which anything may stand.
   */
  public static String of(String template) {
    StringBuilder shown = new StringBuilder(Math.min(template.length(), LONGEST));
    boolean blank = false;
    int at = 0;
    while (at < template.length() && shown.length() < LONGEST) {
      char c = template.charAt(at);
      int after = c > ' ' && c != '/' && c != '-' && c != '#' ? at : afterBlank(template, at);
      if (after > at) {
        blank = true;
        at = after;
        continue;
      }
      if (blank && shown.length() > 0) {
        shown.append(' ');
      }
      blank = false;
      at++;
      shown.append(c <= '\u0002' ? '?' : c);
    }
    return at < template.length() ? shown.append("...").toString() : shown.toString();
  }

  /** Where a white space or a comment that begins there ends; the same place where none does. */
  private static int afterBlank(String text, int at) {
    if (Character.isWhitespace(text.charAt(at))) {
      return at + 1;
    }
    if (text.startsWith("/*", at)) {
      int end = text.indexOf("*/", at + 2);
      return end < 0 ? text.length() : end + 2;
    }
    // Only MariaDB's templates keep comments, each with the line end that closes it; two minus
    // signs that no blank follows are none there, and elsewhere may be operators.
    boolean isLine =
        text.charAt(at) == '#'
            || (text.startsWith("--", at)
                && at + 2 < text.length()
                && Character.isWhitespace(text.charAt(at + 2)));
    int end = isLine ? text.indexOf('\n', at) : -1;
    return end < 0 ? at : end;
  }

  /** What the queries with this template are known by: the same in every JVM. */
  public static String id(String template) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < template.length(); i++) {
      hash = (hash ^ template.charAt(i)) * 0x100000001b3L;
    }
    return HexFormat.of().toHexDigits(hash ^ hash >>> 29);
  }
}
