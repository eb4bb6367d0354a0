package dev.larder.jdbc.internal.analysis;

import static dev.larder.jdbc.internal.analysis.SyntaxTrait.HASHES_IN_NAMES;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.WIDER_WHITE_SPACE;

/**
 * The characters of one text, as a product's syntax classes them. Immutable and thread-safe.
 *
 * <p>All parts of a {@link Lexer} read by it.
 */
final class Characters {

  final String sql;
  final int length;
  final SqlSyntax syntax;

  Characters(String sql, SqlSyntax syntax) {
    this.sql = sql;
    this.length = sql.length();
    this.syntax = syntax;
  }

  char at(int i) {
    return sql.charAt(i);
  }

  /** The character at {@code i}, or 0 behind the text's end. */
  char peek(int i) {
    return i < length ? sql.charAt(i) : 0;
  }

  boolean has(SyntaxTrait trait) {
    return syntax.has(trait);
  }

  boolean mayHave(SyntaxTrait trait) {
    return syntax.mayHave(trait);
  }

  /** Gives the text up where nobody knows whether the product has the trait. */
  void requireSure(SyntaxTrait trait, String why) throws Lexer.Failure {
    if (syntax.isUnsure(trait)) {
      throw new Lexer.Failure(why);
    }
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isHexDigit(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  boolean startsWord(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '_'
        || (c >= 0x80 && !(syntax.mayHave(WIDER_WHITE_SPACE) && Character.isSpaceChar(c)));
  }

  boolean continuesWord(char c) {
    return startsWord(c) || isDigit(c) || c == '$' || (c == '#' && syntax.has(HASHES_IN_NAMES));
  }

  /** The end of the word that goes on at {@code i}. */
  int wordEnd(int i) {
    String in = sql;
    int at = i;
    while (at < length && continuesWord(in.charAt(at))) {
      at++;
    }
    return at;
  }

  int digitsEnd(int i) {
    int at = i;
    while (isDigit(peek(at))) {
      at++;
    }
    return at;
  }
}
