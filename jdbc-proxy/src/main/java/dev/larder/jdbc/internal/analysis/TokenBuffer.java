package dev.larder.jdbc.internal.analysis;

import java.util.Arrays;

/** The tokens that were cut so far, as positions into a text. Used by one thread, once. */
final class TokenBuffer {

  private final String sql;
  private final boolean collapse;
  private byte[] kinds;
  private int[] starts;
  private int[] ends;
  private int size;

  /**
   * @param collapse whether a run of literals and commas may be kept as its first literal
   */
  TokenBuffer(String sql, boolean collapse) {
    this.sql = sql;
    this.collapse = collapse;
    int guess = collapse ? 1024 : Math.max(16, sql.length() / 4);
    this.kinds = new byte[guess];
    this.starts = new int[guess];
    this.ends = new int[guess];
  }

  Tokens.Positions positions() {
    return new Tokens.Positions(
        collapse ? Arrays.copyOf(kinds, size) : kinds,
        collapse ? Arrays.copyOf(starts, size) : starts,
        collapse ? Arrays.copyOf(ends, size) : ends,
        size);
  }

  /** Adds a token, and answers where the next may begin. */
  int add(byte kind, int start, int end) {
    if (collapse
        && isLiteral(kind)
        && size >= 2
        && isComma(size - 1)
        && isLiteral(kinds[size - 2])) {
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

  /** Adds what closes a parenthesis, or drops the row that it closes and that was read before. */
  int addClosing(int i) {
    if (collapse && repeatsRow()) {
      size -= 3;
      return i + 1;
    }
    return add(Tokens.SYMBOL, i, i + 1);
  }

  /** Whether a name ends at {@code i}, without a gap. */
  boolean nameEndsAt(int i) {
    return size > 0 && ends[size - 1] == i && isName(size - 1);
  }

  /** Whether the token before the last is a name. */
  boolean isNameBeforeLast() {
    return size > 1 && isName(size - 2);
  }

  private boolean isName(int token) {
    return kinds[token] == Tokens.WORD || kinds[token] == Tokens.QUOTED;
  }

  /** Whether {@code (literal), (literal} was read: the rows of a VALUES list, say. */
  private boolean repeatsRow() {
    return size >= 6
        && isLiteral(kinds[size - 1])
        && symbolAt(size - 2) == '('
        && isComma(size - 3)
        && symbolAt(size - 4) == ')'
        && isLiteral(kinds[size - 5])
        && symbolAt(size - 6) == '(';
  }

  private char symbolAt(int token) {
    return kinds[token] == Tokens.SYMBOL ? sql.charAt(starts[token]) : 0;
  }

  private boolean isComma(int token) {
    return kinds[token] == Tokens.SYMBOL && sql.charAt(starts[token]) == ',';
  }

  private static boolean isLiteral(byte kind) {
    return kind == Tokens.STRING || kind == Tokens.NUMBER || kind == Tokens.PARAMETER;
  }
}
