package dev.larder.jdbc.internal.planning;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ledger.Footprint;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.analysis.Analysis;
import dev.larder.jdbc.internal.analysis.Facts;
import dev.larder.jdbc.internal.analysis.Locking;
import dev.larder.jdbc.internal.analysis.RowFacts;
import dev.larder.jdbc.internal.analysis.SessionEffect;
import dev.larder.jdbc.internal.analysis.TransactionEffect;
import dev.larder.jdbc.internal.analysis.Verb;
import dev.larder.jdbc.internal.catalog.Catalogue;
import dev.larder.jdbc.internal.catalog.ReadSet;
import dev.larder.jdbc.internal.catalog.SearchPath;
import dev.larder.jdbc.internal.catalog.WriteSet;
import dev.larder.jdbc.internal.eligibility.CacheableRead;
import dev.larder.jdbc.internal.eligibility.CountedRows;
import dev.larder.jdbc.internal.eligibility.SnapshotFixing;
import dev.larder.jdbc.internal.eligibility.StatementEffects;
import dev.larder.jdbc.internal.eligibility.StatementPlan;
import dev.larder.jdbc.internal.eligibility.UncacheableStatement;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.rows.RowsRead;
import dev.larder.jdbc.internal.settings.Settings;
import dev.larder.jdbc.internal.settings.Writers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins what a text says with what the catalogue knows. Thread-safe; what it answers is kept with
 * the text.
 */
public final class StatementPlanner {

  private static final Logger log = LoggerFactory.getLogger(StatementPlanner.class);

  private static final Set<Verb> ROW_VERBS =
      Set.of(Verb.INSERT, Verb.UPDATE, Verb.DELETE, Verb.ANY);

  private final DatabaseContext database;
  private final Settings settings;
  private final Supplier<@Nullable String> whyNoCaching;
  private final Counters counters;

  public StatementPlanner(
      DatabaseContext database,
      Settings settings,
      Supplier<@Nullable String> whyNoCaching,
      Counters counters) {
    this.database = database;
    this.settings = settings;
    this.whyNoCaching = whyNoCaching;
    this.counters = counters;
  }

  StatementPlan plan(Analysis analysis, CatalogueVersion definitions, SearchPath path) {
    Catalogue catalogue = definitions.catalogue();
    try {
      StatementEffects effects = effects(analysis, catalogue, path);
      return plan(analysis, catalogue, path, effects).under(definitions.stamp());
    } catch (RuntimeException e) {
      counters.failures.increment();
      log.warn("Planning a statement failed; it is not cached, and its writes count for all", e);
      return new UncacheableStatement(
          BypassReason.FAILURE, e.getClass().getSimpleName(), false, effectsUnknown(analysis));
    }
  }

  private StatementPlan plan(
      Analysis analysis, @Nullable Catalogue catalogue, SearchPath path, StatementEffects effects) {
    List<Facts> statements = analysis.statements();
    boolean readsTables =
        statements.size() == 1
            && statements.get(0).kind() == Facts.Kind.QUERY
            && !statements.get(0).reads().isEmpty();
    if (statements.size() != 1) {
      BypassReason reason =
          statements.isEmpty() ? BypassReason.NOT_A_QUERY : BypassReason.SEVERAL_STATEMENTS;
      return new UncacheableStatement(reason, "", false, effects);
    }
    if (analysis.template().startsWith(";")) {
      // Some drivers count the nothing before a semicolon as a statement, with a result of its own.
      return new UncacheableStatement(BypassReason.SEVERAL_STATEMENTS, "", false, effects);
    }
    Facts facts = statements.get(0);
    if (facts.kind() == Facts.Kind.UNKNOWN && !facts.obstacles().isEmpty()) {
      Facts.Obstacle obstacle = facts.obstacles().get(0);
      return new UncacheableStatement(obstacle.reason(), obstacle.detail(), false, effects);
    }
    if (facts.kind() == Facts.Kind.CALL && effects.changes().isEmpty()) {
      return new UncacheableStatement(BypassReason.CALL, "", false, effects);
    }
    if (facts.kind() != Facts.Kind.QUERY) {
      return new UncacheableStatement(BypassReason.NOT_A_QUERY, "", false, effects);
    }
    if (analysis.hints().bypass()) {
      return new UncacheableStatement(BypassReason.HINT, "larder(bypass)", readsTables, effects);
    }
    if (!facts.obstacles().isEmpty()) {
      Facts.Obstacle obstacle = facts.obstacles().get(0);
      return new UncacheableStatement(obstacle.reason(), obstacle.detail(), readsTables, effects);
    }
    if (effects.locks() != Locking.NOTHING && effects.isNone()) {
      return new UncacheableStatement(
          BypassReason.LOCKING_CLAUSE, "a function", readsTables, effects);
    }
    if (!effects.isNone()) {
      boolean unjudged = catalogue == null && database.reader() != null;
      BypassReason reason =
          unjudged && facts.writes().isEmpty() ? unavailable() : BypassReason.MODIFIES_DATA;
      return new UncacheableStatement(reason, "", readsTables, effects);
    }
    if (analysis.currentTimeLiteral()) {
      return new UncacheableStatement(BypassReason.CURRENT_TIME_LITERAL, "", readsTables, effects);
    }
    return readPlan(analysis, facts, catalogue, path, readsTables);
  }

  /** Why there is no catalogue: it cannot be had while anybody may be changing it. */
  private BypassReason unavailable() {
    return database.unwrapped().get() > 0
        ? BypassReason.UNWRAPPED
        : BypassReason.CATALOGUE_UNAVAILABLE;
  }

  private StatementPlan readPlan(
      Analysis analysis,
      Facts facts,
      @Nullable Catalogue catalogue,
      SearchPath path,
      boolean readsTables) {
    String whyNot = whyNoCaching.get();
    if (whyNot != null) {
      return refused(BypassReason.DISABLED, whyNot, readsTables);
    }
    if (!settings.freshness().enabled()) {
      return refused(BypassReason.DISABLED, "larder.enabled=false", readsTables);
    }
    if (settings.freshness().writers() != Writers.THIS_JVM
        && settings.freshness().maxStaleness().isZero()) {
      return refused(
          BypassReason.DISABLED, "larder.max-staleness is 0 and others may write", readsTables);
    }
    if (!database.isIdentified() || database.reader() == null) {
      return refused(BypassReason.UNKNOWN_DATABASE, database.rules().product(), readsTables);
    }
    if (catalogue == null) {
      return refused(unavailable(), "", readsTables);
    }
    ReadSet reads = catalogue.reads(facts, path);
    if (reads instanceof ReadSet.Refused refused) {
      return refused(refused.reason(), refused.detail(), readsTables);
    }
    ReadSet.Tables tables = (ReadSet.Tables) reads;
    for (TableName table : tables.tables()) {
      if (!settings.analysis().admits(table)) {
        return refused(BypassReason.EXCLUDED_TABLE, table.toString(), readsTables);
      }
    }
    Footprint footprint = Footprint.of(tables.tables(), analysis.hints().tags());
    return new CacheableRead(
        database.ledger().track(footprint),
        new RowsRead(database.ledger(), tables.rows()),
        tables.times(),
        tables.tables().isEmpty()
            ? SnapshotFixing.NEVER
            : SnapshotFixings.of(analysis, facts, catalogue.namesNoDefinition(facts, path)));
  }

  private static StatementPlan refused(BypassReason reason, String detail, boolean readsTables) {
    return new UncacheableStatement(reason, detail, readsTables, StatementEffects.NONE);
  }

  private static StatementEffects effects(
      Analysis analysis, @Nullable Catalogue catalogue, SearchPath path) {
    StatementEffects all = StatementEffects.NONE;
    String kept = analysis.statements().size() == 1 ? analysis.hints().kept() : null;
    for (Facts facts : analysis.statements()) {
      all = all.then(effects(facts, catalogue, path, kept));
    }
    return analysis.statements().size() > 1 ? all.uncounted() : all;
  }

  /**
   * @param kept the cache above that accounts for the rows the statement names, or null
   */
  private static StatementEffects effects(
      Facts facts, @Nullable Catalogue catalogue, SearchPath path, @Nullable String kept) {
    WriteSet written = catalogue != null && isOfData(facts) ? catalogue.writes(facts, path) : null;
    ChangeSet changes = changes(facts, written, kept);
    boolean alters =
        catalogue == null
            ? facts.kind() == Facts.Kind.UNKNOWN || facts.kind() == Facts.Kind.CALL
            : catalogue.mayAlterSession(facts, path);
    List<TransactionEffect> steps = new ArrayList<>();
    if (!(facts.transaction() instanceof TransactionEffect.None)) {
      steps.add(facts.transaction());
    }
    return new StatementEffects(
        changes,
        mayCommit(facts, written, alters),
        alters,
        facts.session(),
        steps,
        locks(facts, catalogue, path),
        new CountedRows(leastTouched(facts, changes), areAllCounted(facts, written, alters)),
        written instanceof WriteSet.Tables tables ? tables.rows() : null);
  }

  /** A routine commits by nothing that could be read, so what was read whole does not. */
  private static boolean mayCommit(Facts facts, @Nullable WriteSet written, boolean alters) {
    boolean isRead =
        facts.kind() == Facts.Kind.CALL && written instanceof WriteSet.Tables && !alters;
    return (facts.mayCommit() && !isRead) || commits(facts.transaction());
  }

  private static Locking locks(Facts facts, @Nullable Catalogue catalogue, SearchPath path) {
    if (catalogue != null) {
      return catalogue.locks(facts, path);
    }
    return facts.functions().isEmpty() ? facts.locks() : Locking.SESSION;
  }

  /**
   * How many rows a change of data names: those that an UPDATE or DELETE finds by the values of a
   * column, or one where it does not say which. An INSERT of values that does not fail is of all,
   * unless it leaves out what is there; of a query that changes data, and of a routine, nobody
   * tells.
   */
  private static int leastTouched(Facts facts, ChangeSet changes) {
    if (facts.kind() == Facts.Kind.QUERY || facts.kind() == Facts.Kind.CALL) {
      return changes.isEmpty() ? 0 : Integer.MAX_VALUE;
    }
    boolean changesRows =
        facts.kind() == Facts.Kind.WRITE
            && facts.writes().stream().allMatch(write -> ROW_VERBS.contains(write.verb()));
    if (!changesRows) {
      return 0;
    }
    RowFacts.RowWrite rows = facts.rows().write();
    if (rows == null) {
      return 1;
    }
    if (rows.conflict() != null) {
      return rows.assigned().size();
    }
    int named = rows.verb() == Verb.INSERT ? 0 : 1;
    for (RowFacts.Fixed fixed : rows.where()) {
      named = Math.max(named, fixed.values().size());
    }
    return named;
  }

  /**
   * Whether a change of data has changed nothing if it says that it touched no row: it writes one
   * table, of which it is told what rows, and has nothing else to do. Triggers, also those of a
   * statement that meets no row, rules, cascades and functions that write would lead to a table
   * once more or to another one; of a query that changes data beside it, rows are not told.
   */
  private static boolean areAllCounted(Facts facts, @Nullable WriteSet written, boolean alters) {
    return facts.kind() == Facts.Kind.WRITE
        && !alters
        && facts.writes().size() == 1
        && written instanceof WriteSet.Tables tables
        && tables.rows() != null
        && tables.tables().size() == 1
        && tables.plain().equals(tables.tables());
  }

  private static boolean isOfData(Facts facts) {
    return facts.kind() == Facts.Kind.QUERY
        || facts.kind() == Facts.Kind.WRITE
        || facts.kind() == Facts.Kind.CALL;
  }

  /**
   * @param written what the catalogue says of a statement of data, or null where there is none
   */
  private static ChangeSet changes(Facts facts, @Nullable WriteSet written, @Nullable String kept) {
    return switch (facts.kind()) {
      case DEFINITION, UNKNOWN -> ChangeSet.DEFINITIONS;
      case TRANSACTION, SESSION, HARMLESS -> ChangeSet.NOTHING;
      case QUERY, WRITE, CALL -> {
        if (written == null && facts.kind() == Facts.Kind.CALL) {
          yield ChangeSet.DEFINITIONS;
        }
        if (written == null) {
          boolean mayWrite =
              facts.kind() == Facts.Kind.WRITE
                  || !facts.functions().isEmpty()
                  || !facts.writes().isEmpty();
          yield mayWrite ? ChangeSet.EVERYTHING : ChangeSet.NOTHING;
        }
        // Code that could not be read may also create a partition or replace a view.
        yield written instanceof WriteSet.Tables tables
            ? changes(facts, tables, kept)
            : ChangeSet.DEFINITIONS;
      }
    };
  }

  private static ChangeSet changes(Facts facts, WriteSet.Tables tables, @Nullable String kept) {
    ChangeSet changes = ChangeSet.ofTables(tables.tables());
    if (kept != null && facts.writes().size() == 1 && tables.plain().size() == 1) {
      return changes.exempting(kept, tables.plain().iterator().next());
    }
    return changes;
  }

  private static boolean commits(TransactionEffect effect) {
    return effect instanceof TransactionEffect.Commit
        || effect instanceof TransactionEffect.Prepare
        || effect instanceof TransactionEffect.Begin
        || effect instanceof TransactionEffect.AutoCommit;
  }

  private static StatementEffects effectsUnknown(Analysis analysis) {
    boolean plainQuery =
        analysis.statements().size() == 1
            && analysis.statements().get(0).kind() == Facts.Kind.QUERY
            && analysis.statements().get(0).functions().isEmpty()
            && analysis.statements().get(0).writes().isEmpty();
    if (plainQuery) {
      return StatementEffects.NONE;
    }
    SessionEffect unknown = new SessionEffect.Unknown("the statement could not be planned");
    return new StatementEffects(
        ChangeSet.DEFINITIONS,
        true,
        true,
        List.of(unknown),
        List.of(),
        Locking.SESSION,
        CountedRows.NOTHING,
        null);
  }
}
