package dev.larder.jdbc.internal.analysis;

import static dev.larder.jdbc.internal.analysis.TokenRange.NONE;

import java.util.Set;

/**
 * A statement as JSqlParser shall see it: with fixed literals, and without what it cannot read.
 * Used by one thread, once.
 *
 * <p>It is asked for names only, so that an operator may stand for another, and what says nothing
 * of names may be left out.
 */
final class ParserText {

  private static final Set<String> TRUTHS = Set.of("TRUE", "FALSE", "UNKNOWN");
  private static final Set<String> SELECT_OPTIONS =
      Set.of(
          "ALL",
          "DISTINCT",
          "DISTINCTROW",
          "STRAIGHT_JOIN",
          "HIGH_PRIORITY",
          "SQL_SMALL_RESULT",
          "SQL_BIG_RESULT",
          "SQL_BUFFER_RESULT",
          "SQL_CACHE",
          "SQL_NO_CACHE",
          "SQL_CALC_FOUND_ROWS");

  private final Statement statement;
  private final Tokens tokens;
  private final SqlSyntax syntax;
  private final boolean simplify;
  private final StringBuilder out = new StringBuilder();
  private boolean string;
  private boolean gap;

  private ParserText(Statement statement, boolean simplify) {
    this.statement = statement;
    this.tokens = statement.tokens();
    this.syntax = tokens.syntax;
    this.simplify = simplify;
  }

  /** The statement with all that it says. */
  static String of(Statement statement) {
    return new ParserText(statement, false).render();
  }

  /** The statement without what the parser is known not to read; perhaps the same text. */
  static String simplified(Statement statement) {
    return new ParserText(statement, true).render();
  }

  /**
   * Whether the word at {@code i} is an option of a SELECT, rather than a join or a name.
   *
   * @param from where the statement begins
   */
  static boolean isSelectOption(Tokens tokens, int from, int i) {
    int at = i - 1;
    while (at > from && SELECT_OPTIONS.contains(tokens.word(at))) {
      at--;
    }
    return at >= from && tokens.word(at).equals("SELECT");
  }

  private String render() {
    int i = statement.from();
    while (i < statement.to()) {
      gap |= i > statement.from() && tokens.gapBefore(i);
      int after = escape(i);
      if (after == NONE && simplify) {
        after = simple(i);
      }
      if (after == NONE) {
        token(i);
        after = i + 1;
      } else {
        gap = true;
      }
      i = after;
    }
    return out.toString();
  }

  private void put(String text) {
    if (gap) {
      out.append(' ');
    }
    gap = false;
    string = false;
    out.append(text);
  }

  /** Leaves out the braces and keywords of an escape; the index behind them, or NONE. */
  private int escape(int i) {
    int content = EscapeClauses.content(tokens, i);
    if (content != NONE) {
      return content;
    }
    if (EscapeClauses.isCall(tokens, i) && tokens.isName(i) && tokens.is(i + 1, '(')) {
      put(EscapeClauses.function(syntax, tokens.part(i)));
      return i + 1;
    }
    return tokens.is(i, '}') ? i + 1 : NONE;
  }

  /** Puts something simpler for what begins at {@code i}; the index behind that, or NONE. */
  private int simple(int i) {
    int operator = OperatorNames.end(tokens, i);
    if (operator != NONE && operator <= statement.to()) {
      put(" " + tokens.spelling(operator - 2) + " ");
      return operator;
    }
    if (tokens.is(i, '@') && isAdjacent(i + 1)) {
      boolean asked =
          tokens.kind(i + 1) == Tokens.PARAMETER || tokens.text.startsWith("??", tokens.end(i));
      if (asked) {
        put(" @> ");
        return i + 2;
      }
    }
    String word = tokens.word(i);
    if (word.equals("IS")) {
      int truth = tokens.word(i + 1).equals("NOT") ? i + 2 : i + 1;
      return TRUTHS.contains(tokens.word(truth)) ? truth + 1 : NONE;
    }
    int after = syntax.has(SyntaxTrait.INDEX_HINTS) ? hint(i, word) : NONE;
    return after == NONE && syntax.has(SyntaxTrait.WORD_OPERATORS) ? wordOperator(i, word) : after;
  }

  private boolean isAdjacent(int i) {
    return i < statement.to() && !tokens.gapBefore(i);
  }

  /** {@code USE INDEX FOR JOIN (a, b)}, and options that tell how to run a SELECT. */
  private int hint(int i, String word) {
    switch (word) {
      case "STRAIGHT_JOIN",
          "HIGH_PRIORITY",
          "SQL_SMALL_RESULT",
          "SQL_BIG_RESULT",
          "SQL_BUFFER_RESULT" -> {
        return isSelectOption(tokens, statement.from(), i) ? i + 1 : NONE;
      }
      case "USE", "FORCE", "IGNORE" -> {
        String index = tokens.word(i + 1);
        if (!index.equals("INDEX") && !index.equals("KEY")) {
          return NONE;
        }
        int at = i + 2;
        if (tokens.word(at).equals("FOR")) {
          at += tokens.word(at + 2).equals("BY") ? 3 : 2;
        }
        return namesEnd(at);
      }
      default -> {
        return NONE;
      }
    }
  }

  /** The index behind a list of names in parentheses, or NONE. */
  private int namesEnd(int open) {
    if (!tokens.is(open, '(')) {
      return NONE;
    }
    int at = open + 1;
    while (at < statement.to() && (tokens.isName(at) || tokens.is(at, ','))) {
      at++;
    }
    return at < statement.to() && tokens.is(at, ')') ? at + 1 : NONE;
  }

  private int wordOperator(int i, String word) {
    switch (word) {
      case "MOD" -> {
        if (tokens.is(i + 1, '(')) {
          return NONE;
        }
        put(" % ");
        return i + 1;
      }
      case "BINARY" -> {
        boolean operand = tokens.isName(i + 1) || tokens.kind(i + 1) != Tokens.SYMBOL;
        return operand && !tokens.word(i - 1).equals("AS") ? i + 1 : NONE;
      }
      case "SOUNDS" -> {
        return tokens.word(i + 1).equals("LIKE") ? i + 1 : NONE;
      }
      default -> {
        if (!tokens.isSymbol(i, "||")) {
          return NONE;
        }
        put(" OR ");
        return i + 1;
      }
    }
  }

  private void token(int i) {
    boolean stringBefore = string;
    switch (tokens.kind(i)) {
      case Tokens.STRING, Tokens.STRING_OR_NAME -> {
        if (!stringBefore) {
          put("'x'");
        }
        string = true;
      }
      case Tokens.NUMBER -> put("1");
      case Tokens.PARAMETER, Tokens.POSITION -> put("?");
      case Tokens.SYMBOL -> {
        boolean asked = tokens.text.startsWith("??", tokens.start(i));
        put(asked ? "@>" : tokens.spelling(i));
      }
      case Tokens.WORD -> {
        boolean introducer =
            syntax.has(SyntaxTrait.CHARACTER_SET_INTRODUCERS)
                && tokens.text.charAt(tokens.start(i)) == '_'
                && tokens.kind(i + 1) == Tokens.STRING;
        if (simplify && ParserWords.isName(tokens, i)) {
          char quote = syntax.has(SyntaxTrait.DOUBLE_QUOTED_STRINGS) ? '`' : '"';
          put(quote + tokens.part(i) + quote);
        } else if (!introducer) {
          put(tokens.spelling(i));
        }
      }
      case Tokens.QUOTED -> put(quoted(tokens.spelling(i)));
      default -> put(tokens.spelling(i));
    }
  }

  private String quoted(String spelled) {
    char first = spelled.charAt(0);
    return first == '"' || first == '`'
        ? spelled
        : '"' + Tokens.identifier(syntax, spelled, false) + '"';
  }
}
