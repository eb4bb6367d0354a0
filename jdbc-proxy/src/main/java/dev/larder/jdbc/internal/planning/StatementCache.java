package dev.larder.jdbc.internal.planning;

import dev.larder.jdbc.internal.analysis.Analysis;
import dev.larder.jdbc.internal.analysis.AnalysisLimits;
import dev.larder.jdbc.internal.analysis.Facts;
import dev.larder.jdbc.internal.analysis.Memo;
import dev.larder.jdbc.internal.analysis.SettingStatements;
import dev.larder.jdbc.internal.analysis.SqlAnalyzer;
import dev.larder.jdbc.internal.analysis.SqlSyntax;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.settings.Settings;
import dev.larder.jdbc.internal.store.BoundedCache;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The texts that were met before. Thread-safe; a text met before is one look-up without a lock. */
final class StatementCache {

  private static final long TEXT_MEMORY_BYTES = 16L << 20;
  private static final long TEMPLATE_MEMORY_BYTES = 8L << 20;
  private static final int OVERHEAD_BYTES = 1_000;

  private static final int MOST_DOUBLINGS = 12;
  private static final int LATEST = 256;
  private static final int LONGEST_OF_LATEST = 4_096;

  /** The facts of a template, and how often they were asked for. */
  private record Attempt(List<Facts> facts, int tries, long madeAtNanos) {

    boolean isWorthAnotherTry() {
      return facts.stream().anyMatch(Facts::isUnfinished)
          && System.nanoTime() - madeAtNanos
              > CachedStatement.ANOTHER_TRY_NANOS << Math.min(tries - 1, MOST_DOUBLINGS);
    }
  }

  private final BoundedCache<String, CachedStatement> known =
      new BoundedCache<>(
          TEXT_MEMORY_BYTES,
          (sql, text) -> OVERHEAD_BYTES + 2 * sql.length() + text.analysis().weight());
  private final BoundedCache<String, Attempt> templates =
      new BoundedCache<>(
          TEMPLATE_MEMORY_BYTES, (template, attempt) -> OVERHEAD_BYTES + 4 * template.length());
  private final SqlAnalyzer analyzer;

  /**
   * The texts met latest, by hash: a look-up there writes nothing that other threads read. Races
   * are harmless, as every text in it is complete and says whose it is.
   */
  private final @Nullable CachedStatement[] latest = new CachedStatement[LATEST];

  StatementCache(
      SqlSyntax syntax, SettingStatements statements, Settings settings, Counters counters) {
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
          known.put(sql, new CachedStatement(sql, analysis));
          return analysis;
        };
    Memo<String, List<Facts>> byTemplate =
        (template, load) -> {
          Attempt last = templates.find(template);
          if (last != null && !last.isWorthAnotherTry()) {
            return last.facts();
          }
          int tries = last == null ? 1 : last.tries() + 1;
          if (last != null) {
            // Whoever comes meanwhile takes what there is.
            templates.put(template, new Attempt(last.facts(), tries, System.nanoTime()));
          }
          counters.analysedTexts.increment();
          List<Facts> facts = load.apply(template);
          templates.put(template, new Attempt(facts, tries, System.nanoTime()));
          return facts;
        };
    this.analyzer = new SqlAnalyzer(syntax, statements, limits, remembering, byTemplate);
  }

  CachedStatement know(String sql) {
    int slot = sql.hashCode() & (LATEST - 1);
    CachedStatement text = latest[slot];
    if (text != null && text.sql().equals(sql) && !text.isWorthAnotherTry()) {
      return text;
    }
    text = find(sql);
    if (sql.length() <= LONGEST_OF_LATEST) {
      latest[slot] = text;
    }
    return text;
  }

  private CachedStatement find(String sql) {
    CachedStatement text = known.find(sql);
    if (text != null && !text.isWorthAnotherTry()) {
      return text;
    }
    Analysis analysis = analyzer.analyze(sql);
    CachedStatement remembered = known.find(sql);
    return remembered != null && !remembered.isWorthAnotherTry()
        ? remembered
        : new CachedStatement(sql, analysis);
  }

  /** Lets go of every text. */
  void forget() {
    known.clear();
    templates.clear();
    Arrays.fill(latest, null);
  }

  SqlAnalyzer analyzer() {
    return analyzer;
  }
}
