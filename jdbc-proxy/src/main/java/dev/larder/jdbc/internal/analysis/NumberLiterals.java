package dev.larder.jdbc.internal.analysis;

import static dev.larder.jdbc.internal.analysis.SyntaxTrait.DIGIT_SEPARATORS;

/** Where a number ends. Thread-safe: has no state. */
final class NumberLiterals {

  private NumberLiterals() {}

  /** The end of the number that begins at {@code i}. */
  static int end(Characters text, int i) {
    int at = i;
    char marker = (char) (text.peek(i + 1) | 0x20);
    if (text.peek(i) == '0' && (marker == 'x' || marker == 'o' || marker == 'b')) {
      at = i + 2;
      while (Characters.isHexDigit(text.peek(at))
          || (text.peek(at) == '_' && text.has(DIGIT_SEPARATORS))) {
        at++;
      }
      if (at > i + 2) {
        return at;
      }
      return i + 1;
    }
    at = digits(text, at);
    if (text.peek(at) == '.' && text.peek(at + 1) != '.') {
      at = digits(text, at + 1);
    }
    char exponent = text.peek(at);
    if (exponent == 'e' || exponent == 'E') {
      int sign = text.peek(at + 1) == '+' || text.peek(at + 1) == '-' ? at + 2 : at + 1;
      if (Characters.isDigit(text.peek(sign))) {
        at = digits(text, sign);
      }
    }
    return at;
  }

  private static int digits(Characters text, int i) {
    int at = i;
    while (Characters.isDigit(text.peek(at))
        || (text.peek(at) == '_'
            && text.has(DIGIT_SEPARATORS)
            && Characters.isDigit(text.peek(at + 1)))) {
      at++;
    }
    return at;
  }
}
