package dev.larder.jdbc.internal.analysis;

import static dev.larder.jdbc.internal.analysis.SyntaxTrait.DOLLAR_TAGS;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.DOUBLE_QUOTED_STRINGS;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.STRINGS_JOIN_ACROSS_LINES;

/**
 * Where strings and quoted names end. Used by one thread, for one text.
 *
 * <p>Whether a backslash escapes depends on a session setting in PostgreSQL
 * (standard_conforming_strings) and MariaDB (sql_mode NO_BACKSLASH_ESCAPES). One reading is taken,
 * and it is noted where the other would end a string elsewhere.
 */
final class Quotations {

  private final Characters text;
  private final boolean backslash;
  private boolean ambiguous;

  /**
   * @param backslash whether a backslash escapes inside plain strings
   */
  Quotations(Characters text, boolean backslash) {
    this.text = text;
    this.backslash = backslash;
  }

  /** Whether the other reading of backslashes would end a string elsewhere. */
  boolean isAmbiguous() {
    return ambiguous;
  }

  /** The end of the string that opens at {@code quote}, in which a setting may decide. */
  int plainString(int quote) throws Lexer.Failure {
    return string(quote, backslash, true);
  }

  /** The end of what double quotes enclose where that may be a string. */
  int doubleQuoted(int i) throws Lexer.Failure {
    return quoted(i, '"', backslash, true);
  }

  /** The end of the variable's name that the quote at {@code i} opens. */
  int variable(int i) throws Lexer.Failure {
    char quote = text.at(i);
    return quoted(i, quote, quote != '`' && backslash, false);
  }

  /**
   * The end of the string that opens at {@code quote}.
   *
   * @param plain whether a setting may decide what a backslash means in it
   */
  int string(int quote, boolean escapes, boolean plain) throws Lexer.Failure {
    int end = quoted(quote, '\'', escapes, plain);
    while (text.has(STRINGS_JOIN_ACROSS_LINES)) {
      // The standard joins strings that only white space with a line break parts.
      int at = end;
      boolean line = false;
      while (at < text.length && text.at(at) <= ' ') {
        line |= text.at(at) == '\n' || text.at(at) == '\r';
        at++;
      }
      if (!line || text.peek(at) != '\'') {
        break;
      }
      end = quoted(at, '\'', escapes, plain);
    }
    return end;
  }

  /** The end of the name in double quotes that opens at {@code i}. */
  int name(int i) throws Lexer.Failure {
    int end = quoted(i, '"', false, false);
    for (int at = i; at < end; at++) {
      if (text.at(at) == '\\') {
        text.requireSure(DOUBLE_QUOTED_STRINGS, "double quotes enclose strings in some products");
      }
    }
    return end;
  }

  /** The end of what the quote at {@code i} opens. */
  int quoted(int i, char quote, boolean escapes, boolean plain) throws Lexer.Failure {
    boolean settingDecides = plain && text.syntax.backslashDependsOnSetting();
    int at = i + 1;
    while (at < text.length) {
      char c = text.at(at);
      if (c == quote) {
        if (text.peek(at + 1) != quote) {
          return at + 1;
        }
        at += 2;
      } else if (c == '\\' && (escapes || settingDecides)) {
        if (settingDecides) {
          ambiguous |= text.peek(at + 1) == quote || text.peek(at + 1) == '\\';
        }
        at += escapes ? 2 : 1;
      } else {
        at++;
      }
    }
    throw new Lexer.Failure("an unterminated " + (quote == '\'' ? "string" : "quotation"));
  }

  /** The end of the string that {@code $tag$} opens, or -1 where that is none. */
  int dollarQuoted(int i) throws Lexer.Failure {
    int at = i + 1;
    if (text.has(DOLLAR_TAGS)) {
      while (at < text.length && text.at(at) != '$' && text.continuesWord(text.at(at))) {
        at++;
      }
    }
    if (text.peek(at) != '$') {
      return -1;
    }
    String tag = text.sql.substring(i, at + 1);
    int close = text.sql.indexOf(tag, at + 1);
    if (close < 0) {
      throw new Lexer.Failure("an unterminated string");
    }
    return close + tag.length();
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
