package dev.larder.jdbc.internal.planning;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of a query that stand outside of its sub-queries. Immutable and thread-safe.
 *
 * @param words in lower case, those between parentheses too
 * @param selects how many queries are put together without parentheses
 * @param tables of how many of them the first thing in FROM is named
 * @param hasSubQueries whether there are words that were left out
 */
record QueryBlocks(List<String> words, int selects, int tables, boolean hasSubQueries) {

  QueryBlocks {
    words = List.copyOf(words);
  }

  /** Of a text without comments and strings; names may be quoted. */
  static QueryBlocks of(String text) {
    return new Reader(text.toLowerCase(Locale.ROOT)).read();
  }

  private static final class Reader {
    private final String text;
    private final List<String> words = new ArrayList<>();
    private int at;
    private int depth;
    private int selects;
    private int tables;
    private boolean hasSubQueries;
    private boolean afterFrom;

    Reader(String text) {
      this.text = text;
    }

    QueryBlocks read() {
      while (at < text.length()) {
        char c = text.charAt(at);
        if (c == '(') {
          open();
        } else if (c == ')') {
          depth--;
          at++;
        } else if (c == '`' || c == '"') {
          int end = text.indexOf(c, at + 1);
          at = end < 0 ? text.length() : end + 1;
          named();
        } else if (Character.isJavaIdentifierPart(c)) {
          word();
        } else {
          at++;
        }
      }
      return new QueryBlocks(words, selects, tables, hasSubQueries);
    }

    private void named() {
      tables += afterFrom ? 1 : 0;
      afterFrom = false;
    }

    private void word() {
      int begin = at;
      while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
        at++;
      }
      String word = text.substring(begin, at);
      words.add(word);
      named();
      if (depth == 0 && word.equals("select")) {
        selects++;
      } else if (depth == 0 && word.equals("from")) {
        afterFrom = true;
      }
    }

    private void open() {
      afterFrom = false;
      int inside = at + 1;
      while (inside < text.length()
          && (text.charAt(inside) == '(' || Character.isWhitespace(text.charAt(inside)))) {
        inside++;
      }
      boolean isQuery = text.startsWith("select", inside) || text.startsWith("with", inside);
      if (isQuery) {
        hasSubQueries = true;
        skip();
      } else {
        depth++;
        at++;
      }
    }

    /** To behind the parenthesis that closes this one. */
    private void skip() {
      int open = 0;
      do {
        char c = text.charAt(at++);
        if (c == '`' || c == '"') {
          int end = text.indexOf(c, at);
          at = end < 0 ? text.length() : end + 1;
        }
        open += c == '(' ? 1 : c == ')' ? -1 : 0;
      } while (open > 0 && at < text.length());
    }
  }
}
