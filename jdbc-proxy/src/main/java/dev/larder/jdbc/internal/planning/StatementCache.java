package dev.larder.jdbc.internal.planning;

import dev.larder.jdbc.internal.analysis.Analysis;
import dev.larder.jdbc.internal.analysis.AnalysisLimits;
import dev.larder.jdbc.internal.analysis.BodyFacts;
import dev.larder.jdbc.internal.analysis.LexedText;
import dev.larder.jdbc.internal.analysis.SettingStatements;
import dev.larder.jdbc.internal.analysis.SqlAnalyzer;
import dev.larder.jdbc.internal.analysis.SqlSyntax;
import dev.larder.jdbc.internal.analysis.TextAnalyzer;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.observe.QueryFigures;
import dev.larder.jdbc.internal.settings.AnalysisSettings;
import dev.larder.jdbc.internal.store.BoundedCache;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The texts that were met before. Thread-safe; a text met before is one look-up without a lock. */
final class StatementCache implements TextAnalyzer {

  private static final long TEXT_MEMORY_BYTES = 16L << 20;
  private static final long TEMPLATE_MEMORY_BYTES = 16L << 20;
  private static final int OVERHEAD_BYTES = 1_000;
  private static final int LONGEST_KNOWN = 16 * 1024;

  private static final int LATEST = 256;
  private static final int LONGEST_OF_LATEST = 4_096;

  /** By a hash each, a power of 2. */
  private static final int MET = 2_048;

  private final BoundedCache<String, CachedStatement> known =
      new BoundedCache<>(
          TEXT_MEMORY_BYTES,
          (sql, text) -> OVERHEAD_BYTES + 2 * sql.length() + text.analysis().weight());
  private final BoundedCache<String, KnownTemplate> templates =
      new BoundedCache<>(
          TEMPLATE_MEMORY_BYTES,
          (template, known) -> OVERHEAD_BYTES + QueryFigures.BYTES + 4 * template.length());
  private final SqlAnalyzer analyzer;
  private final Counters counters;

  /**
   * The texts met latest, by hash: a look-up there writes nothing that other threads read. Races
   * are harmless, as every text in it is complete and says whose it is.
   */
  private final @Nullable CachedStatement[] latest = new CachedStatement[LATEST];

  /** Hashes of texts; races lose some, and such a text is met again once more. */
  private final int[] metLately = new int[MET];

  StatementCache(
      SqlSyntax syntax,
      SettingStatements statements,
      AnalysisSettings settings,
      Counters counters) {
    AnalysisLimits usual = AnalysisLimits.DEFAULT;
    AnalysisLimits limits =
        new AnalysisLimits(
            settings.maxTextBytes(), usual.maxTokens(), usual.maxDepth(), settings.timeout());
    this.analyzer = new SqlAnalyzer(syntax, statements, limits);
    this.counters = counters;
  }

  CachedStatement know(String sql) {
    int slot = slot(sql);
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

  private static int slot(String sql) {
    return sql.hashCode() & (LATEST - 1);
  }

  private CachedStatement find(String sql) {
    CachedStatement text = known.find(sql);
    return text != null && !text.isWorthAnotherTry() ? text : met(sql);
  }

  private CachedStatement met(String sql) {
    CachedStatement asking = CachedStatement.asking(sql);
    if (asking != null) {
      return asking;
    }
    LexedText lexed = analyzer.lex(sql);
    KnownTemplate template = lexed.sharesFacts() ? template(lexed) : null;
    Analysis analysis;
    SharedPlan plan;
    if (template == null) {
      analysis = analyzer.analyze(lexed);
      plan = new SharedPlan(analysis.template());
    } else {
      analysis = lexed.with(template.template(), template.facts());
      plan = template.planOf(analysis);
    }
    CachedStatement met = new CachedStatement(sql, analysis, plan);
    boolean keeps = analysis.isRememberable() && sql.length() <= LONGEST_KNOWN;
    if (keeps && (template == null || isMetAgain(sql.hashCode()))) {
      known.put(sql, met);
    }
    return met;
  }

  /**
   * The template of a text, if its facts hold for all of its texts; null where they do not, or
   * nothing was learnt of them.
   */
  private @Nullable KnownTemplate template(LexedText text) {
    String template = text.template();
    KnownTemplate last = templates.find(template);
    if (last != null && !last.isWorthAnotherTry()) {
      return last;
    }
    KnownTemplate asked = last == null ? null : last.again();
    if (asked != null) {
      // Whoever comes meanwhile takes what there is.
      templates.put(template, asked);
    }
    counters.analysedTexts.increment();
    Analysis analysis = analyzer.analyze(text);
    if (analysis.reuse() != Analysis.Reuse.TEMPLATE) {
      return null;
    }
    KnownTemplate found =
        asked == null
            ? new KnownTemplate(template, analysis.statements(), 1)
            : asked.with(analysis.statements());
    templates.put(template, found);
    return found;
  }

  /**
   * Whether a text of a known template was met before: one that never comes again, as it carries a
   * trace or a literal of its own, is not to push out those that do.
   */
  private boolean isMetAgain(int hash) {
    int slot = (hash ^ hash >>> 16) & (MET - 1);
    boolean again = metLately[slot] == hash;
    metLately[slot] = hash;
    return again;
  }

  @Override
  public Analysis analyze(String sql) {
    // What was only put off is asked again at once: definitions are not read every second.
    CachedStatement text = latest[slot(sql)];
    boolean known = text != null && text.sql().equals(sql) && text.analysis().isRememberable();
    return (known && text != null ? text : find(sql)).analysis();
  }

  @Override
  public BodyFacts bodyOf(String body) {
    return analyzer.bodyOf(body);
  }

  /**
   * The queries that are remembered. Of one template there may be several: by its hints, and
   * because a text that is asked for often stays longer than what was known of its template.
   */
  List<KnownQuery> queries() {
    Map<SharedPlan, KnownQuery> found = new HashMap<>();
    for (CachedStatement text : latest) {
      if (text != null) {
        text.addTo(found);
      }
    }
    known.values().forEach(text -> text.addTo(found));
    templates.values().forEach(template -> template.addTo(found));
    return List.copyOf(found.values());
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
