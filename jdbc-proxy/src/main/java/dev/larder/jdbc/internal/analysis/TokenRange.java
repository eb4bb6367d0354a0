package dev.larder.jdbc.internal.analysis;

/**
 * The tokens of one statement, or of one routine's body. Used by one thread.
 *
 * <p>How far may be looked ahead in it altogether is bounded, so that no text costs quadratic time.
 */
final class TokenRange {

  /** What stands for an index where there is none. */
  static final int NONE = -1;

  private static final int MOST_LOOK_AHEAD = 1_000_000;

  final Tokens tokens;
  final SqlSyntax syntax;
  final int from;
  final int to;

  /** Whether this is a routine's body, with statements and control flow. */
  final boolean body;

  private int budget = MOST_LOOK_AHEAD;

  private TokenRange(Tokens tokens, int from, int to, boolean body) {
    this.tokens = tokens;
    this.syntax = tokens.syntax;
    this.from = from;
    this.to = to;
    this.body = body;
  }

  static TokenRange statement(Tokens tokens, int from, int to) {
    return new TokenRange(tokens, from, to, false);
  }

  static TokenRange body(Tokens tokens) {
    return new TokenRange(tokens, 0, tokens.size, true);
  }

  /** The keyword or unquoted identifier at {@code i} in upper case, or "" for anything else. */
  String word(int i) {
    return i >= from && i < to ? tokens.word(i) : "";
  }

  boolean is(int i, char symbol) {
    return i < to && tokens.is(i, symbol);
  }

  boolean isName(int i) {
    return i < to && tokens.isName(i);
  }

  /** Whether a statement or a query of a set operation may begin at {@code i}. */
  boolean startsStatement(int i) {
    if (i == from || is(i - 1, '(') || is(i - 1, ';')) {
      return true;
    }
    return switch (word(i - 1)) {
      case "UNION",
          "ALL",
          "EXCEPT",
          "INTERSECT",
          "AS",
          "BEGIN",
          "THEN",
          "ELSE",
          "LOOP",
          "DO",
          "QUERY",
          "ATOMIC",
          "RETURN",
          "PERFORM",
          "FOR",
          "IN" ->
          true;
      default -> body && tokens.isSymbol(i - 1, ">>");
    };
  }

  /** The index after the parenthesis that closes the one at {@code i}. */
  int afterParenthesis(int i) {
    int depth = 0;
    for (int at = i; at < to && spend(); at++) {
      if (tokens.is(at, '(')) {
        depth++;
      } else if (tokens.is(at, ')') && --depth == 0) {
        return at + 1;
      }
    }
    return to;
  }

  /** Whether the statement says the word at or after {@code i}, in no deeper parentheses. */
  boolean saysLater(int i, String word) {
    int depth = 0;
    for (int at = i; at < to && depth >= 0 && spend(); at++) {
      if (depth == 0 && tokens.is(at, ';')) {
        break;
      }
      if (tokens.is(at, '(')) {
        depth++;
      } else if (tokens.is(at, ')')) {
        depth--;
      } else if (depth == 0 && tokens.word(at).equals(word)) {
        return true;
      }
    }
    return false;
  }

  private boolean spend() {
    budget--;
    return budget >= 0;
  }

  /** Whether a look ahead ended early, so that nothing that was decided by one is certain. */
  boolean isExhausted() {
    return budget < 0;
  }
}
