package dev.larder.jdbc.internal.analysis;

/** Strings with escapes, as PostgreSQL reads {@code E'...'}. Stateless. */
final class EscapeString {

  private EscapeString() {}

  /** What a literal stands for, quotes included; bytes outside ASCII as any such character. */
  static String content(String spelling) {
    StringBuilder plain = new StringBuilder(spelling.length());
    int i = 1;
    while (i < spelling.length()) {
      char c = spelling.charAt(i++);
      if (c != '\\' || i == spelling.length()) {
        plain.append(c);
        continue;
      }
      char escaped = spelling.charAt(i++);
      switch (escaped) {
        case 'b', 'f', 'n', 'r', 't' -> plain.append(' ');
        case 'x' -> i = number(spelling, i, 2, 16, plain);
        case 'u' -> i = number(spelling, i, 4, 16, plain);
        case 'U' -> i = number(spelling, i, 8, 16, plain);
        case '0', '1', '2', '3', '4', '5', '6', '7' -> i = number(spelling, i - 1, 3, 8, plain);
        default -> plain.append(escaped);
      }
    }
    return plain.toString();
  }

  /** Appends the character that the digits from {@code i} on number; the index behind them. */
  private static int number(String text, int i, int most, int radix, StringBuilder into) {
    int end = i;
    long code = 0;
    while (end < text.length() && end < i + most && Character.digit(text.charAt(end), radix) >= 0) {
      code = code * radix + Character.digit(text.charAt(end++), radix);
    }
    if (end == i) {
      into.append(text.charAt(i - 1)); // \x that no digit follows is an x
    } else {
      into.append(code < 0x80 ? (char) code : '\uFFFD');
    }
    return end;
  }
}
