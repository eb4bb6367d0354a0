package dev.larder.jdbc.internal.analysis;

/** Says what texts do. Implementations are thread-safe, and may remember what they said. */
public interface TextAnalyzer {

  /** What this SQL text does. */
  Analysis analyze(String sql);

  /** What a procedural body may do, by its tokens alone. */
  BodyFacts bodyOf(String body);
}
