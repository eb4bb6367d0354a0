package dev.larder.jdbc.internal.analysis;

import static dev.larder.jdbc.internal.analysis.SyntaxTrait.CARRIAGE_RETURN_ENDS_LINE;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.DASHES_NEED_SPACE;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.DIGIT_SEPARATORS;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.DOLLAR_QUOTES;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.DOLLAR_TAGS;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.DOUBLED_QUESTION_MARKS;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.DOUBLE_QUOTED_STRINGS;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.ESCAPE_STRINGS;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.EXECUTABLE_COMMENTS;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.HASHES_IN_NAMES;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.HASH_COMMENTS;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.NAMES_BEGIN_WITH_DIGITS;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.NAMES_BEGIN_WITH_DOLLARS;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.NESTED_COMMENTS;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.NUMBERED_PARAMETERS;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.OPERATORS_OF_SIGNS;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.SLASH_COMMENTS;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.STRINGS_JOIN_ACROSS_LINES;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.UNICODE_QUOTATIONS;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.WIDER_WHITE_SPACE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a text into tokens as one product would, in one pass. Used by one thread, once.
 *
 * <p>What it cannot read for certain (an unterminated string, an executable comment) it reports as
 * a {@link Failure}, so that nobody acts on half a text.
 */
final class Lexer {

  /*
   * Whether a backslash escapes depends on a session setting in PostgreSQL
   * (standard_conforming_strings) and MariaDB (sql_mode NO_BACKSLASH_ESCAPES). The lexer reads the
   * product's default and notes where the other reading would end a string elsewhere; the analyzer
   * then reads the text the other way too.
   */

  /** Why a text could not be cut into tokens. */
  static final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    Failure(String why) {
      super(why, null, false, false);
    }
  }

  private final String sql;
  private final int length;
  private final SqlSyntax syntax;
  private final boolean backslash;
  private final boolean collapse;
  private byte[] kinds;
  private int[] starts;
  private int[] ends;
  private int size;
  private int parameters;
  private int depth;
  private int deepest;
  private boolean ambiguous;
  private List<String> hints = List.of();

  /**
   * @param backslash whether a backslash escapes inside plain strings
   * @param collapse whether a run of literals and commas may be kept as its first literal, for
   *     texts too long to be parsed
   */
  Lexer(String sql, SqlSyntax syntax, boolean backslash, boolean collapse) {
    this.sql = sql;
    this.length = sql.length();
    this.syntax = syntax;
    this.backslash = backslash;
    this.collapse = collapse;
    int guess = collapse ? 1024 : Math.max(16, length / 4);
    this.kinds = new byte[guess];
    this.starts = new int[guess];
    this.ends = new int[guess];
  }

  /** Whether the other reading of backslashes would end a string elsewhere. */
  boolean ambiguous() {
    return ambiguous;
  }

  Tokens lex() throws Failure {
    int i = 0;
    while (i < length) {
      i = next(i);
    }
    return new Tokens(
        sql,
        syntax,
        collapse ? Arrays.copyOf(kinds, size) : kinds,
        collapse ? Arrays.copyOf(starts, size) : starts,
        collapse ? Arrays.copyOf(ends, size) : ends,
        size,
        parameters,
        deepest,
        hints);
  }

  private int next(int i) throws Failure {
    char c = sql.charAt(i);
    switch (c) {
      case ' ', '\t', '\n', '\r', '\f', '\u000B':
        return i + 1;
      case '\'':
        return string(i, i, backslash, true);
      case '"':
        if (syntax.has(DOUBLE_QUOTED_STRINGS)) {
          return add(Tokens.STRING_OR_NAME, i, quoted(i, '"', backslash, true));
        }
        return add(Tokens.QUOTED, i, name(i));
      case '`':
        // Where it quotes nothing in a product that nobody knows, what it encloses is no name
        // there.
        if (syntax.has(OPERATORS_OF_SIGNS)) {
          return operator(i);
        }
        return add(Tokens.QUOTED, i, quoted(i, '`', false, false));
      case '-':
        if (peek(i + 1) == '-') {
          if (lineCommentStarts(i)) {
            return lineComment(i);
          }
          requireSure(
              DASHES_NEED_SPACE, "-- before no space starts a comment in some products only");
        }
        return operator(i);
      case '#':
        requireSure(HASH_COMMENTS, "# starts a comment in some products");
        return syntax.has(HASH_COMMENTS) ? lineComment(i) : operator(i);
      case '/':
        if (peek(i + 1) == '*') {
          return blockComment(i);
        }
        if (peek(i + 1) == '/') {
          requireSure(SLASH_COMMENTS, "// starts a comment in some products");
          return syntax.has(SLASH_COMMENTS) ? lineComment(i) : operator(i);
        }
        return operator(i);
      case '$':
        return dollar(i);
      case '?':
        return parameter(i);
      case '@':
        return syntax.has(OPERATORS_OF_SIGNS) ? operator(i) : variable(i);
      case '(':
        depth++;
        deepest = Math.max(deepest, depth);
        return add(Tokens.SYMBOL, i, i + 1);
      case ')':
        depth--;
        if (collapse && repeatsRow()) {
          size -= 3;
          return i + 1;
        }
        return add(Tokens.SYMBOL, i, i + 1);
      case ',', ';', '[', ']', '{', '}':
        return add(Tokens.SYMBOL, i, i + 1);
      case '.':
        if (digit(peek(i + 1)) && !(size > 0 && ends[size - 1] == i && isNameKind(size - 1))) {
          return number(i);
        }
        return add(Tokens.SYMBOL, i, peek(i + 1) == '.' ? i + 2 : i + 1);
      case ':':
        return add(Tokens.SYMBOL, i, peek(i + 1) == ':' || peek(i + 1) == '=' ? i + 2 : i + 1);
      default:
        if (digit(c)) {
          return syntax.mayHave(NAMES_BEGIN_WITH_DIGITS) ? numberOrWord(i) : number(i);
        }
        if (wordStart(c)) {
          return word(i);
        }
        if (c == 0 || c == Template.STRING || c == Template.NUMBER) {
          throw new Failure("a control character");
        }
        if (c < ' ' || c >= 0x80) {
          requireSure(WIDER_WHITE_SPACE, "a character that is white space in some products only");
          return syntax.has(WIDER_WHITE_SPACE) ? i + 1 : add(Tokens.SYMBOL, i, i + 1);
        }
        return operator(i);
    }
  }

  private void requireSure(SyntaxTrait trait, String why) throws Failure {
    if (syntax.isUnsure(trait)) {
      throw new Failure(why);
    }
  }

  /** The end of the name in double quotes that opens at {@code i}. */
  private int name(int i) throws Failure {
    int end = quoted(i, '"', false, false);
    if (sql.substring(i, end).indexOf('\\') >= 0) {
      requireSure(DOUBLE_QUOTED_STRINGS, "double quotes enclose strings in some products");
    }
    return end;
  }

  private boolean isNameKind(int token) {
    return kinds[token] == Tokens.WORD || kinds[token] == Tokens.QUOTED;
  }

  private char peek(int i) {
    return i < length ? sql.charAt(i) : 0;
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  private boolean wordStart(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '_'
        || (c >= 0x80 && !(syntax.mayHave(WIDER_WHITE_SPACE) && Character.isSpaceChar(c)));
  }

  private boolean wordPart(char c) {
    return wordStart(c) || digit(c) || c == '$' || (c == '#' && syntax.has(HASHES_IN_NAMES));
  }

  private int add(byte kind, int start, int end) {
    boolean literal = kind == Tokens.STRING || kind == Tokens.NUMBER || kind == Tokens.PARAMETER;
    if (collapse && literal && size >= 2 && isComma(size - 1) && isLiteral(size - 2)) {
      size--;
      return end;
    }
    if (size == kinds.length) {
      int grown = size + (size >> 1) + 16;
      kinds = Arrays.copyOf(kinds, grown);
      starts = Arrays.copyOf(starts, grown);
      ends = Arrays.copyOf(ends, grown);
    }
    kinds[size] = kind;
    starts[size] = start;
    ends[size++] = end;
    return end;
  }

  /** Whether {@code (literal), (literal} was read: the rows of a VALUES list, say. */
  private boolean repeatsRow() {
    return size >= 6
        && isLiteral(size - 1)
        && symbolAt(size - 2) == '('
        && isComma(size - 3)
        && symbolAt(size - 4) == ')'
        && isLiteral(size - 5)
        && symbolAt(size - 6) == '(';
  }

  private char symbolAt(int token) {
    return kinds[token] == Tokens.SYMBOL ? sql.charAt(starts[token]) : 0;
  }

  private boolean isComma(int token) {
    return kinds[token] == Tokens.SYMBOL && sql.charAt(starts[token]) == ',';
  }

  private boolean isLiteral(int token) {
    byte kind = kinds[token];
    return kind == Tokens.STRING || kind == Tokens.NUMBER || kind == Tokens.PARAMETER;
  }

  private boolean lineCommentStarts(int i) {
    return !syntax.mayHave(DASHES_NEED_SPACE) || i + 2 >= length || sql.charAt(i + 2) <= ' ';
  }

  private int lineComment(int i) throws Failure {
    int end = i;
    while (end < length && sql.charAt(end) != '\n') {
      if (sql.charAt(end) == '\r') {
        if (syntax.has(CARRIAGE_RETURN_ENDS_LINE)) {
          break;
        }
        if (peek(end + 1) != '\n') {
          requireSure(
              CARRIAGE_RETURN_ENDS_LINE, "a carriage return ends a comment in some products only");
        }
      }
      end++;
    }
    return end;
  }

  private int blockComment(int i) throws Failure {
    char first = peek(i + 2);
    if (syntax.mayHave(EXECUTABLE_COMMENTS)
        && (first == '!' || (first == 'M' && peek(i + 3) == '!'))) {
      throw new Failure("a comment that is code");
    }
    int level = 1;
    int at = i + 2;
    while (level > 0) {
      int star = at;
      while (star + 1 < length
          && !(sql.charAt(star) == '*' && sql.charAt(star + 1) == '/')
          && !(sql.charAt(star) == '/' && sql.charAt(star + 1) == '*')) {
        star++;
      }
      if (star + 1 >= length) {
        throw new Failure("an unterminated comment");
      }
      if (sql.charAt(star) == '*') {
        level--;
      } else {
        requireSure(NESTED_COMMENTS, "comments nest in some products only");
        if (!syntax.has(NESTED_COMMENTS)) {
          at = star + 1; // "/*/" neither opens nor closes
          continue;
        }
        level++;
      }
      at = star + 2;
    }
    int inside = first == '+' ? i + 3 : i + 2;
    if (Hint.startsAt(sql, inside, at)) {
      if (hints.isEmpty()) {
        hints = new ArrayList<>(2);
      }
      hints.add(sql.substring(inside, at - 2));
    } else if (first == '+') {
      add(Tokens.HINT, i, at);
    }
    return at;
  }

  /** A string that opens at {@code quote}; its token starts at {@code start}. */
  private int string(int start, int quote, boolean escapes, boolean plain) throws Failure {
    int end = quoted(quote, '\'', escapes, plain);
    while (syntax.has(STRINGS_JOIN_ACROSS_LINES)) {
      // The standard joins strings that only white space with a line break parts.
      int at = end;
      boolean line = false;
      while (at < length && sql.charAt(at) <= ' ') {
        line |= sql.charAt(at) == '\n' || sql.charAt(at) == '\r';
        at++;
      }
      if (!line || peek(at) != '\'') {
        break;
      }
      end = quoted(at, '\'', escapes, plain);
    }
    return add(Tokens.STRING, start, end);
  }

  /** The end of what the quote at {@code i} opens. */
  private int quoted(int i, char quote, boolean escapes, boolean plain) throws Failure {
    boolean settingDecides = plain && syntax.backslashDependsOnSetting();
    int at = i + 1;
    while (at < length) {
      char c = sql.charAt(at);
      if (c == quote) {
        if (peek(at + 1) != quote) {
          return at + 1;
        }
        at += 2;
      } else if (c == '\\' && (escapes || settingDecides)) {
        if (settingDecides) {
          ambiguous |= peek(at + 1) == quote || peek(at + 1) == '\\';
        }
        at += escapes ? 2 : 1;
      } else {
        at++;
      }
    }
    throw new Failure("an unterminated " + (quote == '\'' ? "string" : "quotation"));
  }

  private int dollar(int i) throws Failure {
    requireSure(DOLLAR_QUOTES, "a dollar sign means something else in each product");
    if (syntax.has(DOLLAR_QUOTES)) {
      int at = i + 1;
      if (digit(peek(at))) {
        while (digit(peek(at))) {
          at++;
        }
        return add(Tokens.POSITION, i, at);
      }
      if (syntax.has(DOLLAR_TAGS)) {
        while (at < length && sql.charAt(at) != '$' && wordPart(sql.charAt(at))) {
          at++;
        }
      }
      if (peek(at) == '$') {
        String tag = sql.substring(i, at + 1);
        int close = sql.indexOf(tag, at + 1);
        if (close < 0) {
          throw new Failure("an unterminated string");
        }
        return add(Tokens.STRING, i, close + tag.length());
      }
    }
    if (syntax.has(NAMES_BEGIN_WITH_DOLLARS)) {
      return word(i);
    }
    return add(Tokens.SYMBOL, i, i + 1);
  }

  private int parameter(int i) throws Failure {
    if (peek(i + 1) == '?') {
      requireSure(DOUBLED_QUESTION_MARKS, "?? is one question mark to some drivers only");
    }
    if (syntax.has(DOUBLED_QUESTION_MARKS) && peek(i + 1) == '?') {
      // pgjdbc's way to write the operators ?, ?| and ?&
      int at = i + 2;
      if (peek(at) == '|' || peek(at) == '&') {
        at++;
      }
      return add(Tokens.SYMBOL, i, at);
    }
    parameters++;
    int at = i + 1;
    if (digit(peek(at))) {
      requireSure(NUMBERED_PARAMETERS, "a parameter has a number in some products only");
    }
    if (syntax.has(NUMBERED_PARAMETERS)) {
      while (digit(peek(at))) {
        at++;
      }
    }
    return add(Tokens.PARAMETER, i, at);
  }

  private int variable(int i) throws Failure {
    int at = i + 1;
    if (peek(at) == '@') {
      at++;
    }
    char c = peek(at);
    if (c == '`' || c == '"' || c == '\'') {
      return add(Tokens.VARIABLE, i, quoted(at, c, c != '`' && backslash, false));
    }
    while (at < length && (wordPart(sql.charAt(at)) || sql.charAt(at) == '.')) {
      at++;
    }
    return add(Tokens.VARIABLE, i, at);
  }

  private int word(int i) throws Failure {
    char next = peek(i + 1);
    if (next == '\'') {
      switch (sql.charAt(i)) {
        case 'e', 'E':
          if (syntax.has(ESCAPE_STRINGS)) {
            return string(i, i + 1, true, false);
          }
          break;
        case 'b', 'B', 'x', 'X':
          return string(i, i + 1, false, false);
        case 'n', 'N':
          return string(i, i + 1, backslash, true);
        default:
          break;
      }
    }
    if (next == '&' && (sql.charAt(i) == 'u' || sql.charAt(i) == 'U')) {
      char quote = peek(i + 2);
      if (quote == '\'' || quote == '"') {
        requireSure(UNICODE_QUOTATIONS, "U& begins a quotation in some products only");
      }
      if (quote == '\'' && syntax.has(UNICODE_QUOTATIONS)) {
        return string(i, i + 2, false, false);
      }
      if (quote == '"' && syntax.has(UNICODE_QUOTATIONS)) {
        return add(Tokens.QUOTED, i, quoted(i + 2, '"', false, false));
      }
    }
    int at = i + 1;
    while (at < length && wordPart(sql.charAt(at))) {
      at++;
    }
    return add(Tokens.WORD, i, at);
  }

  private int numberOrWord(int i) throws Failure {
    int at = i;
    while (at < length && wordPart(sql.charAt(at))) {
      at++;
    }
    boolean afterDot = i > 0 && sql.charAt(i - 1) == '.' && size > 1 && isNameKind(size - 2);
    int number = numberEnd(i);
    if (afterDot || number < at) {
      requireSure(NAMES_BEGIN_WITH_DIGITS, "names begin with digits in some products only");
      return add(Tokens.WORD, i, at);
    }
    return add(Tokens.NUMBER, i, number);
  }

  private int number(int i) {
    return add(Tokens.NUMBER, i, numberEnd(i));
  }

  private int numberEnd(int i) {
    int at = i;
    char marker = (char) (peek(i + 1) | 0x20);
    if (peek(i) == '0' && (marker == 'x' || marker == 'o' || marker == 'b')) {
      at = i + 2;
      while (hex(peek(at)) || (peek(at) == '_' && syntax.has(DIGIT_SEPARATORS))) {
        at++;
      }
      if (at > i + 2) {
        return at;
      }
      return i + 1;
    }
    at = digits(at);
    if (peek(at) == '.' && peek(at + 1) != '.') {
      at = digits(at + 1);
    }
    char exponent = peek(at);
    if (exponent == 'e' || exponent == 'E') {
      int sign = peek(at + 1) == '+' || peek(at + 1) == '-' ? at + 2 : at + 1;
      if (digit(peek(sign))) {
        at = digits(sign);
      }
    }
    return at;
  }

  private int digits(int i) {
    int at = i;
    while (digit(peek(at))
        || (peek(at) == '_' && syntax.has(DIGIT_SEPARATORS) && digit(peek(at + 1)))) {
      at++;
    }
    return at;
  }

  private static boolean hex(char c) {
    return digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  private int operator(int i) {
    int at = i;
    while (at < length && operatorPart(sql.charAt(at))) {
      if (at > i && commentStarts(at)) {
        break;
      }
      at++;
    }
    return add(Tokens.SYMBOL, i, Math.max(at, i + 1));
  }

  private boolean commentStarts(int i) {
    char c = sql.charAt(i);
    char next = peek(i + 1);
    return (c == '-' && next == '-' && (lineCommentStarts(i) || syntax.isUnsure(DASHES_NEED_SPACE)))
        || (c == '/' && (next == '*' || (next == '/' && syntax.mayHave(SLASH_COMMENTS))))
        || (c == '#' && !syntax.has(OPERATORS_OF_SIGNS));
  }

  private boolean operatorPart(char c) {
    return switch (c) {
      case '+', '-', '*', '/', '<', '>', '=', '~', '!', '%', '^', '&', '|' -> true;
      case '#', '@', '`' -> syntax.has(OPERATORS_OF_SIGNS);
      default -> false;
    };
  }

  /** What the escapes of a U&amp; quotation stand for, with a backslash as its escape. */
  static String unicode(String s) {
    StringBuilder plain = new StringBuilder(s.length());
    int i = 0;
    while (i < s.length()) {
      char c = s.charAt(i);
      if (c != '\\') {
        plain.append(c);
        i++;
      } else if (i + 1 < s.length() && s.charAt(i + 1) == '\\') {
        plain.append('\\');
        i += 2;
      } else {
        boolean wide = i + 1 < s.length() && s.charAt(i + 1) == '+';
        int from = wide ? i + 2 : i + 1;
        int to = Math.min(s.length(), from + (wide ? 6 : 4));
        try {
          plain.appendCodePoint(Integer.parseInt(s.substring(from, to), 16));
        } catch (IllegalArgumentException malformed) {
          plain.append(s, i, to);
        }
        i = to;
      }
    }
    return plain.toString();
  }
}
