package dev.larder.jdbc.internal.execution;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.RowChange;
import dev.larder.invalidation.RowKey;
import dev.larder.invalidation.TableName;
import dev.larder.invalidation.TrackedFootprint;
import dev.larder.invalidation.source.Coverage;
import dev.larder.jdbc.internal.analysis.Dialect;
import dev.larder.jdbc.internal.audit.Audit;
import dev.larder.jdbc.internal.catalog.RelationalCatalogue;
import dev.larder.jdbc.internal.catalog.SearchPath;
import dev.larder.jdbc.internal.eligibility.Plan;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.route.Router;
import dev.larder.jdbc.internal.settings.Settings;
import dev.larder.jdbc.internal.settings.Writers;
import dev.larder.jdbc.internal.store.AnswerStore;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one way every statement takes: text to facts, facts and catalogue to a plan, then the {@link
 * ReadPath} or the {@link WritePath}. Thread-safe.
 */
public final class Pipeline {

  private static final long ANOTHER_LOOK_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final KnownDatabase database;
  private final CatalogueWatch catalogue;
  private final Planner planner;
  private final ReadPath readPath;
  private final WritePath writePath;
  private final @Nullable Audit audit;

  /**
   * @param lender lends connections for the pipeline's own questions
   * @param coverage what sources of changes made elsewhere can prove
   * @param router sends reads to replicas; null where there are none
   * @param whyNoCaching why nothing may be cached at all, or null; asked for each plan
   */
  public Pipeline(
      KnownDatabase database,
      CatalogueWatch catalogue,
      ConnectionLender lender,
      @Nullable Router router,
      AnswerStore store,
      Settings settings,
      Coverage coverage,
      Supplier<@Nullable String> whyNoCaching,
      Counters counters) {
    this.database = database;
    this.catalogue = catalogue;
    this.planner = new Planner(database, settings, whyNoCaching, counters);
    boolean seesEveryWrite = settings.writers() == Writers.THIS_JVM;
    this.writePath =
        new WritePath(
            database,
            new CommitOutcome(lender),
            settings.commitQuarantine(),
            seesEveryWrite,
            counters);
    this.audit = Audit.of(settings.auditSample(), seesEveryWrite, lender::borrow, store, counters);
    Intake intake = new Intake(database, settings, counters);
    ReplicaReads replicas =
        router == null
            ? null
            : new ReplicaReads(router, intake, writePath, seesEveryWrite, counters);
    this.readPath =
        new ReadPath(
            database, store, writePath, replicas, intake, settings, coverage, counters, audit);
  }

  public KnownDatabase database() {
    return database;
  }

  /** Whether what the ledger knows of is all that is written. */
  public boolean everyWriterIsSeen() {
    return readPath.everyWriterIsSeen();
  }

  /** How old an answer may be at most, where its text does not ask for less. */
  public long maxAgeNanos() {
    return readPath.maxAgeNanos();
  }

  /** The same for an answer with that footprint, given what sources can prove now. */
  public long maxAgeNanos(TrackedFootprint footprint) {
    return readPath.maxAgeNanos(footprint);
  }

  /** Lets go of what is known of texts and definitions; whoever still asks begins anew. */
  public void forget() {
    database.texts().forget();
    catalogue.forget();
  }

  /**
   * What an answer to the text follows from in that session, or null where it is not kept.
   *
   * @throws SQLException if the database's catalogue has to be asked and cannot be
   */
  public @Nullable TrackedFootprint footprint(String sql, Link link) throws SQLException {
    KnownText text = know(sql);
    TrackedFootprint footprint = plan(text, link).footprint();
    return hasStopped(text.analysis().template()) ? null : footprint;
  }

  /**
   * How a query finds the rows of its one table in that session, or null where it depends on more.
   *
   * @throws SQLException if the database's catalogue has to be asked and cannot be
   */
  public @Nullable RowKey rowKey(String sql, Link link) throws SQLException {
    return plan(know(sql), link).rowKey();
  }

  /** Whether an audit has found an answer of this template to differ. */
  boolean hasStopped(String template) {
    return audit != null && audit.hasStopped(template);
  }

  public ReadPath readPath() {
    return readPath;
  }

  public WritePath writePath() {
    return writePath;
  }

  /** What is known of a text; a text met before is one look-up. */
  public KnownText know(String sql) {
    return database.texts().know(sql);
  }

  /**
   * The plan for a text in this session, made anew only when definitions or search path changed.
   */
  public Plan plan(KnownText text, Link link) throws SQLException {
    // What Larder reads for itself on the session's own connection would be the statement before.
    boolean undisturbed = text.asksOnlyOfStatementBefore() && database.dialect() == Dialect.MARIADB;
    SearchPath path = undisturbed ? link.session().searchPath() : link.fingerprint().searchPath();
    KnownText.Planned latest = text.planned;
    if (latest != null
        && latest.definitions().hold()
        && (latest.path() == path || latest.path().equals(path))
        && !isWorthAnotherLook(latest)) {
      return latest.plan();
    }
    Definitions definitions;
    if (undisturbed) {
      definitions = catalogue.atHand();
    } else if (latest != null && isWorthAnotherLook(latest)) {
      definitions = catalogue.readAgain(link);
    } else {
      definitions = catalogue.definitions(link);
    }
    Plan plan = planner.plan(text.analysis(), definitions, path);
    text.planned = new KnownText.Planned(definitions.edition(), path, plan);
    return plan;
  }

  /** A name that the catalogue does not hold may have been created elsewhere since it was read. */
  private static boolean isWorthAnotherLook(KnownText.Planned planned) {
    return planned.plan().mayGetBetter()
        && System.nanoTime() - planned.definitions().readAtNanos() > ANOTHER_LOOK_NANOS;
  }

  /**
   * What a change to a table changes with it, by the catalogue.
   *
   * @param table as SQL would write it, with or without its schema
   */
  public ChangeSet changesOf(String table, Link link) throws SQLException {
    SearchPath path = link.session().searchPath();
    return planner.changesOf(table, catalogue.definitions(link), path);
  }

  /**
   * The cells that a change to a table moves, of which a source says what it did: triggers and
   * cascades are reported by themselves. A table that the catalogue does not hold may be a new
   * partition of any other.
   *
   * @param values what columns of the written rows held before or hold now, as the database prints
   *     it; columns of which not all is known are left out
   */
  public ChangeSet changesReported(TableName table, Map<String, Set<String>> values) {
    if (!(catalogue.atHand().catalogue() instanceof RelationalCatalogue known)
        || !known.holds(table)) {
      return ChangeSet.EVERYTHING;
    }
    ChangeSet changes = ChangeSet.ofTables(known.cells(table));
    RowChange rows = values.isEmpty() ? null : known.rowChange(table, values);
    return rows == null ? changes : changes.within(table, rows);
  }

  /**
   * What a change to the rows of a table with that value changes, by the catalogue.
   *
   * @param table as SQL would write it, with or without its schema
   */
  public ChangeSet changesOf(String table, String column, Object value, Link link)
      throws SQLException {
    SearchPath path = link.session().searchPath();
    return planner.changesOf(table, column, value, catalogue.definitions(link), path);
  }
}
