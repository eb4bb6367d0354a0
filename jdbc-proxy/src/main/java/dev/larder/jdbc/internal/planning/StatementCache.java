package dev.larder.jdbc.internal.planning;

import dev.larder.jdbc.internal.analysis.Analysis;
import dev.larder.jdbc.internal.analysis.AnalysisLimits;
import dev.larder.jdbc.internal.analysis.BodyFacts;
import dev.larder.jdbc.internal.analysis.Facts;
import dev.larder.jdbc.internal.analysis.LexedText;
import dev.larder.jdbc.internal.analysis.SettingStatements;
import dev.larder.jdbc.internal.analysis.SqlAnalyzer;
import dev.larder.jdbc.internal.analysis.SqlSyntax;
import dev.larder.jdbc.internal.analysis.TextAnalyzer;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.settings.Settings;
import dev.larder.jdbc.internal.store.BoundedCache;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The texts that were met before. Thread-safe; a text met before is one look-up without a lock. */
final class StatementCache implements TextAnalyzer {

  private static final long TEXT_MEMORY_BYTES = 16L << 20;
  private static final long TEMPLATE_MEMORY_BYTES = 8L << 20;
  private static final int OVERHEAD_BYTES = 1_000;
  private static final int LONGEST_KNOWN = 16 * 1024;

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
  private final Counters counters;

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
            settings.analysisTimeout());
    this.analyzer = new SqlAnalyzer(syntax, statements, limits);
    this.counters = counters;
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
    Analysis analysis = analyzed(analyzer.lex(sql));
    CachedStatement met = new CachedStatement(sql, analysis);
    if (analysis.isRememberable() && sql.length() <= LONGEST_KNOWN) {
      known.put(sql, met);
    }
    return met;
  }

  private Analysis analyzed(LexedText text) {
    if (!text.sharesFacts()) {
      return analyzer.analyze(text);
    }
    String template = text.template();
    Attempt last = templates.find(template);
    if (last != null && !last.isWorthAnotherTry()) {
      return text.with(last.facts());
    }
    int tries = last == null ? 1 : last.tries() + 1;
    if (last != null) {
      // Whoever comes meanwhile takes what there is.
      templates.put(template, new Attempt(last.facts(), tries, System.nanoTime()));
    }
    counters.analysedTexts.increment();
    Analysis analysis = analyzer.analyze(text);
    if (analysis.reuse() == Analysis.Reuse.TEMPLATE) {
      templates.put(template, new Attempt(analysis.statements(), tries, System.nanoTime()));
    }
    return analysis;
  }

  @Override
  public Analysis analyze(String sql) {
    return find(sql).analysis();
  }

  @Override
  public BodyFacts bodyOf(String body) {
    return analyzer.bodyOf(body);
  }

  /** Lets go of every text. */
  void forget() {
    known.clear();
    templates.clear();
    Arrays.fill(latest, null);
  }

  /** How the product reads the texts. */
  SqlSyntax syntax() {
    return analyzer.syntax();
  }
}
