package dev.larder.jdbc.internal.execution;

import dev.larder.jdbc.internal.analysis.Analysis;
import dev.larder.jdbc.internal.catalog.SearchPath;
import dev.larder.jdbc.internal.eligibility.Plan;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.settings.Settings;
import dev.larder.jdbc.internal.store.AnswerStore;
import dev.larder.jdbc.internal.store.Memos;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The one way every statement takes: text to facts, facts and catalogue to a plan, then the {@link
 * ReadPath} or the {@link WritePath}. Thread-safe.
 */
public final class Pipeline {

  private static final long TEXT_MEMORY_BYTES = 16L << 20;
  private static final int TEXT_OVERHEAD_BYTES = 1_000;

  private final KnownDatabase database;
  private final Memos<String, KnownText> texts =
      new Memos<>(TEXT_MEMORY_BYTES, (sql, text) -> TEXT_OVERHEAD_BYTES + 4 * sql.length());
  private final CatalogueWatch catalogue;
  private final Planner planner;
  private final ReadPath readPath;
  private final WritePath writePath;
  private final Counters counters;

  public Pipeline(
      KnownDatabase database,
      CatalogueWatch.Lender lender,
      AnswerStore store,
      Settings settings,
      @Nullable String whyNoCaching,
      Counters counters) {
    this.database = database;
    this.counters = counters;
    this.catalogue = new CatalogueWatch(database, lender, counters);
    this.planner = new Planner(database, settings, whyNoCaching, counters);
    this.writePath =
        new WritePath(database, new CommitOutcome(lender), settings.commitQuarantine(), counters);
    this.readPath = new ReadPath(database, store, writePath, settings, counters);
  }

  public KnownDatabase database() {
    return database;
  }

  public ReadPath readPath() {
    return readPath;
  }

  public WritePath writePath() {
    return writePath;
  }

  /** What is known of a text; a text met before is one look-up. */
  public KnownText know(String sql) {
    return texts.get(
        sql,
        text -> {
          counters.analysedTexts.increment();
          return new KnownText(database.analyzer().analyze(text));
        });
  }

  /**
   * The plan for a text in this session, made anew only when definitions or search path changed.
   */
  public Plan plan(KnownText text, Link link) throws SQLException {
    SearchPath path = link.session().searchPath();
    KnownText.Planned latest = text.planned;
    if (latest != null
        && latest.definitions().catalogue() != null
        && latest.definitions().areCurrent()
        && (latest.path() == path || latest.path().equals(path))) {
      return latest.plan();
    }
    Definitions definitions = catalogue.definitions(link);
    Plan plan = planner.plan(text.analysis(), definitions, path);
    text.planned = new KnownText.Planned(definitions, path, plan);
    return plan;
  }

  /** What analysis says of a text that need not be remembered. */
  public Analysis analysis(String sql) {
    return database.analyzer().analyze(sql);
  }
}
