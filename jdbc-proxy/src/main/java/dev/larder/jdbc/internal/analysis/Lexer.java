package dev.larder.jdbc.internal.analysis;

import static dev.larder.jdbc.internal.analysis.SyntaxTrait.DASHES_NEED_SPACE;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.DOLLAR_QUOTES;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.DOUBLED_QUESTION_MARKS;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.DOUBLE_QUOTED_STRINGS;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.ESCAPE_STRINGS;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.HASH_COMMENTS;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.NAMES_BEGIN_WITH_DIGITS;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.NAMES_BEGIN_WITH_DOLLARS;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.NUMBERED_PARAMETERS;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.OPERATORS_OF_SIGNS;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.SLASH_COMMENTS;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.UNICODE_QUOTATIONS;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.WIDER_WHITE_SPACE;

/**
 * Cuts a text into tokens as one product would, in one pass. Used by one thread, once.
 *
 * <p>What it cannot read for certain (an unterminated string, an executable comment) it reports as
 * a {@link Failure}, so that nobody acts on half a text.
 */
final class Lexer {

  /** Why a text could not be cut into tokens. */
  static final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    Failure(String why) {
      super(why, null, false, false);
    }
  }

  private final Characters text;
  private final Quotations quotations;
  private final Comments comments;
  private final TokenBuffer tokens;
  private int parameters;
  private int depth;
  private int deepest;

  /**
   * @param backslash whether a backslash escapes inside plain strings; the analyzer reads an
   *     ambiguous text the other way too
   * @param collapse whether a run of literals and commas may be kept as its first literal, for
   *     texts too long to be parsed
   */
  Lexer(String sql, SqlSyntax syntax, boolean backslash, boolean collapse) {
    this.text = new Characters(sql, syntax);
    this.quotations = new Quotations(text, backslash);
    this.comments = new Comments(text);
    this.tokens = new TokenBuffer(sql, collapse);
  }

  /** Whether the other reading of backslashes would end a string elsewhere. */
  boolean ambiguous() {
    return quotations.isAmbiguous();
  }

  Tokens lex() throws Failure {
    int i = 0;
    while (i < text.length) {
      i = next(i);
    }
    return new Tokens(
        text.sql,
        text.syntax,
        tokens.positions(),
        new Tokens.Contents(parameters, deepest, comments.hints(), comments.setsVariable()));
  }

  private int next(int i) throws Failure {
    char c = text.at(i);
    switch (c) {
      case ' ', '\t', '\n', '\r', '\f', '\u000B':
        return i + 1;
      case '\'':
        return tokens.add(Tokens.STRING, i, quotations.plainString(i));
      case '"':
        if (text.has(DOUBLE_QUOTED_STRINGS)) {
          return tokens.add(Tokens.STRING_OR_NAME, i, quotations.doubleQuoted(i));
        }
        return tokens.add(Tokens.QUOTED, i, quotations.name(i));
      case '`':
        // Where it quotes nothing in a product that nobody knows, what it encloses is no name
        // there.
        if (text.has(OPERATORS_OF_SIGNS)) {
          return operator(i);
        }
        return tokens.add(Tokens.QUOTED, i, quotations.quoted(i, '`', false, false));
      case '-':
        if (text.peek(i + 1) == '-') {
          if (comments.lineStarts(i)) {
            return comments.line(i);
          }
          text.requireSure(
              DASHES_NEED_SPACE, "-- before no space starts a comment in some products only");
        }
        return operator(i);
      case '#':
        text.requireSure(HASH_COMMENTS, "# starts a comment in some products");
        return text.has(HASH_COMMENTS) ? comments.line(i) : operator(i);
      case '/':
        if (text.peek(i + 1) == '*') {
          return blockComment(i);
        }
        if (text.peek(i + 1) == '/') {
          text.requireSure(SLASH_COMMENTS, "// starts a comment in some products");
          return text.has(SLASH_COMMENTS) ? comments.line(i) : operator(i);
        }
        return operator(i);
      case '$':
        return dollar(i);
      case '?':
        return parameter(i);
      case '@':
        return text.has(OPERATORS_OF_SIGNS) ? operator(i) : variable(i);
      case '(':
        depth++;
        deepest = Math.max(deepest, depth);
        return tokens.add(Tokens.SYMBOL, i, i + 1);
      case ')':
        depth--;
        return tokens.addClosing(i);
      case ',', ';', '[', ']', '{', '}':
        return tokens.add(Tokens.SYMBOL, i, i + 1);
      case '.':
        if (Characters.isDigit(text.peek(i + 1)) && !tokens.nameEndsAt(i)) {
          return number(i);
        }
        return tokens.add(Tokens.SYMBOL, i, text.peek(i + 1) == '.' ? i + 2 : i + 1);
      case ':':
        return tokens.add(
            Tokens.SYMBOL, i, text.peek(i + 1) == ':' || text.peek(i + 1) == '=' ? i + 2 : i + 1);
      default:
        if (Characters.isDigit(c)) {
          return text.mayHave(NAMES_BEGIN_WITH_DIGITS) ? numberOrWord(i) : number(i);
        }
        if (text.startsWord(c)) {
          return word(i);
        }
        if (c == 0 || c == Template.STRING || c == Template.NUMBER) {
          throw new Failure("a control character");
        }
        if (c < ' ' || c >= 0x80) {
          text.requireSure(
              WIDER_WHITE_SPACE, "a character that is white space in some products only");
          return text.has(WIDER_WHITE_SPACE) ? i + 1 : tokens.add(Tokens.SYMBOL, i, i + 1);
        }
        return operator(i);
    }
  }

  private int blockComment(int i) throws Failure {
    int end = comments.block(i);
    return comments.isOptimizerHint(i, end) ? tokens.add(Tokens.HINT, i, end) : end;
  }

  private int dollar(int i) throws Failure {
    text.requireSure(DOLLAR_QUOTES, "a dollar sign means something else in each product");
    if (text.has(DOLLAR_QUOTES)) {
      if (Characters.isDigit(text.peek(i + 1))) {
        return tokens.add(Tokens.POSITION, i, text.digitsEnd(i + 1));
      }
      int end = quotations.dollarQuoted(i);
      if (end >= 0) {
        return tokens.add(Tokens.STRING, i, end);
      }
    }
    if (text.has(NAMES_BEGIN_WITH_DOLLARS)) {
      return word(i);
    }
    return tokens.add(Tokens.SYMBOL, i, i + 1);
  }

  private int parameter(int i) throws Failure {
    if (text.peek(i + 1) == '?') {
      text.requireSure(DOUBLED_QUESTION_MARKS, "?? is one question mark to some drivers only");
    }
    if (text.has(DOUBLED_QUESTION_MARKS) && text.peek(i + 1) == '?') {
      // pgjdbc's way to write the operators ?, ?| and ?&
      int at = i + 2;
      if (text.peek(at) == '|' || text.peek(at) == '&') {
        at++;
      }
      return tokens.add(Tokens.SYMBOL, i, at);
    }
    parameters++;
    int at = i + 1;
    if (Characters.isDigit(text.peek(at))) {
      text.requireSure(NUMBERED_PARAMETERS, "a parameter has a number in some products only");
    }
    if (text.has(NUMBERED_PARAMETERS)) {
      at = text.digitsEnd(at);
    }
    return tokens.add(Tokens.PARAMETER, i, at);
  }

  private int variable(int i) throws Failure {
    int at = i + 1;
    if (text.peek(at) == '@') {
      at++;
    }
    char c = text.peek(at);
    if (c == '`' || c == '"' || c == '\'') {
      return tokens.add(Tokens.VARIABLE, i, quotations.variable(at));
    }
    while (at < text.length && (text.continuesWord(text.at(at)) || text.at(at) == '.')) {
      at++;
    }
    return tokens.add(Tokens.VARIABLE, i, at);
  }

  private int word(int i) throws Failure {
    char next = text.peek(i + 1);
    if (next == '\'') {
      switch (text.at(i)) {
        case 'e', 'E':
          if (text.has(ESCAPE_STRINGS)) {
            return tokens.add(Tokens.STRING, i, quotations.string(i + 1, true, false));
          }
          break;
        case 'b', 'B', 'x', 'X':
          return tokens.add(Tokens.STRING, i, quotations.string(i + 1, false, false));
        case 'n', 'N':
          return tokens.add(Tokens.STRING, i, quotations.plainString(i + 1));
        default:
          break;
      }
    }
    if (next == '&' && (text.at(i) == 'u' || text.at(i) == 'U')) {
      char quote = text.peek(i + 2);
      if (quote == '\'' || quote == '"') {
        text.requireSure(UNICODE_QUOTATIONS, "U& begins a quotation in some products only");
      }
      if (quote == '\'' && text.has(UNICODE_QUOTATIONS)) {
        return tokens.add(Tokens.STRING, i, quotations.string(i + 2, false, false));
      }
      if (quote == '"' && text.has(UNICODE_QUOTATIONS)) {
        return tokens.add(Tokens.QUOTED, i, quotations.quoted(i + 2, '"', false, false));
      }
    }
    return tokens.add(Tokens.WORD, i, text.wordEnd(i + 1));
  }

  private int numberOrWord(int i) throws Failure {
    int at = text.wordEnd(i);
    boolean afterDot = i > 0 && text.at(i - 1) == '.' && tokens.isNameBeforeLast();
    int number = NumberLiterals.end(text, i);
    if (afterDot || number < at) {
      text.requireSure(NAMES_BEGIN_WITH_DIGITS, "names begin with digits in some products only");
      return tokens.add(Tokens.WORD, i, at);
    }
    return tokens.add(Tokens.NUMBER, i, number);
  }

  private int number(int i) {
    return tokens.add(Tokens.NUMBER, i, NumberLiterals.end(text, i));
  }

  private int operator(int i) {
    int at = i;
    while (at < text.length && operatorPart(text.at(at))) {
      if (at > i && comments.startAt(at)) {
        break;
      }
      at++;
    }
    return tokens.add(Tokens.SYMBOL, i, Math.max(at, i + 1));
  }

  private boolean operatorPart(char c) {
    return switch (c) {
      case '+', '-', '*', '/', '<', '>', '=', '~', '!', '%', '^', '&', '|' -> true;
      case '#', '@', '`' -> text.has(OPERATORS_OF_SIGNS);
      default -> false;
    };
  }
}
