package dev.larder.jdbc.internal.analysis;

import java.time.Duration;

/**
 * How much work one text may cost. Immutable and thread-safe.
 *
 * @param maxCharacters longer texts are scanned for what they write, but neither parsed nor given a
 *     template
 * @param maxTokens texts with more tokens are not parsed
 * @param maxDepth texts whose parentheses or CASE expressions nest deeper are not parsed
 * @param parseTimeout how long the parser may run for one statement
 */
public record AnalysisLimits(
    int maxCharacters, int maxTokens, int maxDepth, Duration parseTimeout) {

  public static final AnalysisLimits DEFAULT =
      new AnalysisLimits(128 * 1024, 8_000, 50, Duration.ofSeconds(2));
}
