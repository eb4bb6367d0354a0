package dev.larder.jdbc.internal.analysis;

import java.util.ArrayList;
import java.util.List;

/**
 * A text with its literals lifted. Immutable and thread-safe.
 *
 * @param text what is left; {@link #STRING} and {@link #NUMBER} stand where literals stood
 * @param literals what was lifted, in order, as spelled
 */
record Template(String text, List<String> literals) {

  /*
   * Two texts with equal templates and equal literals must mean the same to the database and give
   * the same column labels. So white space is folded, and dropped around plain punctuation, only
   * where the product never echoes the text: MariaDB labels an unnamed column with the expression as
   * spelled. Case is folded in PostgreSQL alone: H2's labels keep it under DATABASE_TO_UPPER=FALSE.
   */

  /** Stands for a lifted string. The lexer refuses texts that hold this character. */
  static final char STRING = '\u0001';

  /** Stands for a lifted number. */
  static final char NUMBER = '\u0002';

  static Template of(Tokens tokens) {
    int size = tokens.size;
    while (size > 0 && tokens.is(size - 1, ';')) {
      size--;
    }
    StringBuilder out = new StringBuilder(tokens.text.length());
    List<String> literals = new ArrayList<>();
    boolean verbatim = tokens.syntax.mayHave(SyntaxTrait.LABELS_ECHO_TEXT);
    for (int i = 0; i < size; i++) {
      if (i > 0) {
        if (tokens.kind(i) == Tokens.STRING && tokens.kind(i - 1) == Tokens.STRING && !verbatim) {
          out.append(breaksLine(tokens, i) ? '\n' : ' ');
        } else if (verbatim) {
          out.append(tokens.text, tokens.end(i - 1), tokens.start(i));
        } else if (tokens.gapBefore(i) && !(loose(tokens, i - 1) || loose(tokens, i))) {
          out.append(' ');
        } else if (tokens.gapBefore(i) && operators(tokens, i - 1) && operators(tokens, i)) {
          out.append(' ');
        }
      }
      switch (tokens.kind(i)) {
        case Tokens.STRING -> {
          out.append(STRING);
          literals.add(tokens.spelling(i));
        }
        case Tokens.NUMBER -> {
          out.append(NUMBER);
          literals.add(tokens.spelling(i));
        }
        case Tokens.WORD -> word(tokens, i, out);
        default -> out.append(tokens.text, tokens.start(i), tokens.end(i));
      }
    }
    return new Template(out.toString(), literals);
  }

  /** PostgreSQL joins two strings only where a line break parts them. */
  private static boolean breaksLine(Tokens tokens, int i) {
    for (int at = tokens.end(i - 1); at < tokens.start(i); at++) {
      if (tokens.text.charAt(at) == '\n' || tokens.text.charAt(at) == '\r') {
        return true;
      }
    }
    return false;
  }

  private static void word(Tokens tokens, int i, StringBuilder out) {
    int from = tokens.start(i);
    int to = tokens.end(i);
    if (!tokens.syntax.has(SyntaxTrait.LABELS_FOLD)) {
      out.append(tokens.text, from, to);
      return;
    }
    for (int at = from; at < to; at++) {
      char c = tokens.text.charAt(at);
      out.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
    }
  }

  /** Whether white space beside this token never matters, other tokens' nature aside. */
  private static boolean loose(Tokens tokens, int i) {
    if (tokens.kind(i) != Tokens.SYMBOL) {
      return false;
    }
    if (tokens.end(i) == tokens.start(i) + 1) {
      return switch (tokens.text.charAt(tokens.start(i))) {
        case ',', '(', ')', '=', '<', '>', '+', '-', '*', '/', ';' -> true;
        default -> false;
      };
    }
    return tokens.isSymbol(i, "<=")
        || tokens.isSymbol(i, ">=")
        || tokens.isSymbol(i, "<>")
        || tokens.isSymbol(i, "!=")
        || tokens.isSymbol(i, "||");
  }

  /** Whether this token could grow together with an operator beside it. */
  private static boolean operators(Tokens tokens, int i) {
    if (tokens.kind(i) == Tokens.PARAMETER || tokens.kind(i) == Tokens.VARIABLE) {
      return true;
    }
    if (tokens.kind(i) != Tokens.SYMBOL) {
      return false;
    }
    char c = tokens.text.charAt(tokens.start(i));
    return c != ',' && c != '(' && c != ')' && c != ';';
  }
}
