package dev.larder.jdbc.internal.analysis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text that was cut into tokens, before it was read what its statements do. Immutable and
 * thread-safe.
 */
public final class LexedText {

  private final String sql;
  private final Analysis analysis;
  private final @Nullable Tokens tokens;

  private LexedText(String sql, Analysis analysis, @Nullable Tokens tokens) {
    this.sql = sql;
    this.analysis = analysis;
    this.tokens = tokens;
  }

  /**
   * A text whose facts have yet to be read.
   *
   * @param analysis everything else
   */
  static LexedText unread(String sql, Analysis analysis, Tokens tokens) {
    return new LexedText(sql, analysis, tokens);
  }

  /** A text of which no more can be known. */
  static LexedText settled(String sql, Analysis analysis) {
    return new LexedText(sql, analysis, null);
  }

  String sql() {
    return sql;
  }

  Analysis analysis() {
    return analysis;
  }

  /** What the facts are to be read from; null where no more can be known. */
  @Nullable Tokens tokens() {
    return tokens;
  }

  public String template() {
    return analysis.template();
  }

  /** Whether every text of the template has the same facts. */
  public boolean sharesFacts() {
    return analysis.reuse() == Analysis.Reuse.TEMPLATE;
  }

  /**
   * The analysis of the text, with what was found of one of its template.
   *
   * @param template an equal one, which its texts then share
   */
  public Analysis with(String template, List<Facts> facts) {
    return new Analysis(
        template,
        analysis.literals(),
        analysis.parameters(),
        facts,
        analysis.hints(),
        analysis.currentTimeLiteral(),
        analysis.reuse());
  }
}
