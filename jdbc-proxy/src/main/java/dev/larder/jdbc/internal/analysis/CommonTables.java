package dev.larder.jdbc.internal.analysis;

import static dev.larder.jdbc.internal.analysis.TokenRange.NONE;

/** The part of the scan that reads the headers of common tables. Used by one thread, once. */
final class CommonTables {

  private final TokenRange range;
  private final Frames frames;
  private final ScannedNames.Builder names;

  CommonTables(TokenRange range, Frames frames, ScannedNames.Builder names) {
    this.range = range;
    this.frames = frames;
    this.names = names;
  }

  /** The index after a WITH at {@code i} and its first header, or NONE for any other word. */
  int read(int i, String word) {
    if (!word.equals("WITH")) {
      return NONE;
    }
    int after = header(range.word(i + 1).equals("RECURSIVE") ? i + 2 : i + 1);
    if (after == NONE) {
      return i + 1;
    }
    frames.current().beginCommonTables();
    return after;
  }

  /** The index after the header that follows the comma at {@code i}, or NONE. */
  int next(int i) {
    return frames.current().isInCommonTables() ? header(i + 1) : NONE;
  }

  /** The index of the parenthesis behind the header at {@code i}, or NONE where there is none. */
  private int header(int i) {
    if (!range.isName(i)) {
      return NONE;
    }
    int at = i + 1;
    if (range.is(at, '(')) {
      at = range.afterParenthesis(at);
    }
    if (!range.word(at).equals("AS")) {
      return NONE;
    }
    at++;
    if (range.word(at).equals("NOT")) {
      at++;
    }
    if (range.word(at).equals("MATERIALIZED")) {
      at++;
    }
    if (!range.is(at, '(')) {
      return NONE;
    }
    names.commonTable(range.tokens.part(i));
    return at;
  }
}
