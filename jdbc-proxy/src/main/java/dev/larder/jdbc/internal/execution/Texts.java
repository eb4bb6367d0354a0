package dev.larder.jdbc.internal.execution;

import dev.larder.jdbc.internal.analysis.Analysis;
import dev.larder.jdbc.internal.analysis.AnalysisLimits;
import dev.larder.jdbc.internal.analysis.Dialect;
import dev.larder.jdbc.internal.analysis.Facts;
import dev.larder.jdbc.internal.analysis.Memo;
import dev.larder.jdbc.internal.analysis.SqlAnalyzer;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.settings.Settings;
import dev.larder.jdbc.internal.store.Memos;
import java.util.List;

/** The texts that were met before. Thread-safe; a text met before is one look-up without a lock. */
final class Texts {

  private static final long TEXT_MEMORY_BYTES = 16L << 20;
  private static final long TEMPLATE_MEMORY_BYTES = 8L << 20;
  private static final int OVERHEAD_BYTES = 1_000;

  private final Memos<String, KnownText> known =
      new Memos<>(
          TEXT_MEMORY_BYTES,
          (sql, text) -> OVERHEAD_BYTES + 2 * sql.length() + text.analysis().weight());
  private final Memos<String, List<Facts>> templates =
      new Memos<>(
          TEMPLATE_MEMORY_BYTES, (template, facts) -> OVERHEAD_BYTES + 4 * template.length());
  private final SqlAnalyzer analyzer;

  Texts(Dialect dialect, Settings settings, Counters counters) {
    AnalysisLimits usual = AnalysisLimits.DEFAULT;
    AnalysisLimits limits =
        new AnalysisLimits(
            settings.maxTextBytes(),
            usual.maxTokens(),
            usual.maxDepth(),
            usual.memoisedCharacters(),
            settings.analysisTimeout());
    // The analyzer asks its memo only where what it found may be remembered.
    Memo<String, Analysis> remembering =
        (sql, load) -> {
          Analysis analysis = load.apply(sql);
          known.put(sql, new KnownText(sql, analysis));
          return analysis;
        };
    Memo<String, List<Facts>> byTemplate =
        (template, load) ->
            templates.get(
                template,
                key -> {
                  counters.analysedTexts.increment();
                  return load.apply(key);
                });
    this.analyzer = new SqlAnalyzer(dialect, limits, remembering, byTemplate);
  }

  KnownText know(String sql) {
    KnownText text = known.find(sql);
    if (text == null) {
      Analysis analysis = analyzer.analyze(sql);
      text = known.find(sql);
      if (text == null) {
        text = new KnownText(sql, analysis);
      }
    }
    return text;
  }

  SqlAnalyzer analyzer() {
    return analyzer;
  }
}
