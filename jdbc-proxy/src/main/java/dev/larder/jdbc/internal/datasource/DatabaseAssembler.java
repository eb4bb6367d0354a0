package dev.larder.jdbc.internal.datasource;

import dev.larder.invalidation.source.Coverage;
import dev.larder.jdbc.internal.audit.Audit;
import dev.larder.jdbc.internal.execution.AnswerAge;
import dev.larder.jdbc.internal.execution.CachedRead;
import dev.larder.jdbc.internal.execution.CommitOutcome;
import dev.larder.jdbc.internal.execution.DatabaseReads;
import dev.larder.jdbc.internal.execution.PastAnswers;
import dev.larder.jdbc.internal.execution.PinnedReads;
import dev.larder.jdbc.internal.execution.PrefetchedReads;
import dev.larder.jdbc.internal.execution.QueryLoads;
import dev.larder.jdbc.internal.execution.ReplicaReads;
import dev.larder.jdbc.internal.execution.ResultCapture;
import dev.larder.jdbc.internal.execution.StatementExecutor;
import dev.larder.jdbc.internal.execution.StatementRunner;
import dev.larder.jdbc.internal.execution.TierReads;
import dev.larder.jdbc.internal.pin.PinnedTables;
import dev.larder.jdbc.internal.planning.CatalogueCache;
import dev.larder.jdbc.internal.planning.DatabaseContext;
import dev.larder.jdbc.internal.planning.StatementPlanner;
import dev.larder.jdbc.internal.planning.StatementPlanning;
import dev.larder.jdbc.internal.prefetch.Prefetcher;
import dev.larder.jdbc.internal.proxy.DatabaseOpener;
import dev.larder.jdbc.internal.route.Replication;
import dev.larder.jdbc.internal.route.Router;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.session.SessionBaseline;
import dev.larder.jdbc.internal.tier.SecondTier;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what depends on which database it is, when the first connection has told: the ledger's
 * followers and the way of a statement. Thread-safe.
 */
final class DatabaseAssembler implements DatabaseOpener {

  private static final Logger log = LoggerFactory.getLogger(DatabaseAssembler.class);

  private final DataSourceParts parts;

  /** Why nothing may be cached over what is below, or null. */
  private final AtomicReference<@Nullable String> whyNoCaching;

  /** Null until the database was reached. */
  private volatile @Nullable StatementExecutor opened;

  DatabaseAssembler(DataSourceParts parts, @Nullable String whyNoCaching) {
    this.parts = parts;
    this.whyNoCaching = new AtomicReference<>(whyNoCaching);
  }

  @Override
  public StatementExecutor open(SessionBaseline baseline) {
    DatabaseContext database = database(baseline);
    parts.profiler().under(database.definitions());
    CatalogueCache catalogue = catalogue(database, Sources.watchDefinitions(parts.settings()));
    Coverage coverage =
        parts
            .sources()
            .start(
                database,
                catalogue,
                new Sources.Connections(parts.connections(), parts.pool()::openApart),
                parts.counters()::statements);
    StatementExecutor executor = executor(database, catalogue, coverage);
    route(database);
    parts.listeners().follow(database.ledger());
    opened = executor;
    return executor;
  }

  /** What runs the statements of the database; null until it was reached. */
  @Nullable StatementExecutor opened() {
    return opened;
  }

  @Override
  public StatementExecutor openUnknown(SessionBaseline baseline) {
    DatabaseContext database = database(baseline);
    return executor(database, catalogue(database, false), Coverage.NONE);
  }

  @Override
  public void differs() {
    if (whyNoCaching.compareAndSet(null, "its connections lead to different databases")) {
      log.warn("Connections of one data source lead to different databases; nothing is cached");
      parts.store().clear();
    }
  }

  @Override
  public void reached(PhysicalProfile profile) {
    Router router = parts.router();
    if (router != null) {
      router.primaryIs(profile.serverStart());
    }
    SecondTier tier = parts.sources().tier();
    if (tier != null) {
      tier.serverIs(profile.serverStart());
    }
  }

  private CatalogueCache catalogue(DatabaseContext database, boolean looksAgain) {
    return new CatalogueCache(
        database,
        parts.connections(),
        looksAgain,
        parts.profiler().customSettings(),
        parts.counters());
  }

  private DatabaseContext database(SessionBaseline baseline) {
    return new DatabaseContext(
        Products.named(baseline.rules().product()),
        baseline,
        parts.settings().analysis(),
        parts.counters());
  }

  private StatementExecutor executor(
      DatabaseContext database, CatalogueCache catalogue, Coverage coverage) {
    AnswerAge age = new AnswerAge(parts.settings().freshness(), coverage);
    StatementRunner runner =
        new StatementRunner(
            database,
            new CommitOutcome(parts.connections(), database.server()),
            parts.settings().freshness().commitQuarantine(),
            age.everyWriterIsSeen(),
            parts.counters());
    ResultCapture capture =
        new ResultCapture(database, parts.settings().memory(), parts.counters());
    DatabaseReads primary =
        new DatabaseReads(runner, capture, database.readsCurrentTimeFromTexts(), parts.counters());
    Router router = parts.router();
    ReplicaReads replicas =
        router == null
            ? null
            : new ReplicaReads(router, capture, runner, age.everyWriterIsSeen(), parts.counters());
    SecondTier shared = parts.sources().tier();
    TierReads tier =
        shared == null ? null : new TierReads(shared, parts.settings().memory().maxLoadWait());
    PinnedTables pins = parts.pins();
    QueryLoads loads =
        new QueryLoads(
            new QueryLoads.Memory(
                parts.store(),
                parts.hot(),
                pins == null ? null : new PinnedReads(pins, runner, capture, primary),
                past(age)),
            new QueryLoads.Nodes(primary, replicas, tier),
            age,
            parts.settings().memory().maxLoadWait(),
            parts.counters());
    Prefetcher prefetcher = parts.prefetcher();
    PrefetchedReads next =
        prefetcher == null ? null : new PrefetchedReads(prefetcher, loads, runner, capture);
    Audit audit =
        Audit.of(
            parts.settings().freshness().auditSample(),
            age.everyWriterIsSeen(),
            parts.connections()::borrow,
            parts.store(),
            parts.counters());
    StatementPlanner planner =
        new StatementPlanner(database, parts.settings(), whyNoCaching::get, parts.counters());
    return new StatementExecutor(
        database,
        new StatementPlanning(database, catalogue, planner),
        new CachedRead(
            loads, parts.admissions(), next, audit, parts.settings().freshness().serving()),
        primary,
        runner);
  }

  private @Nullable PastAnswers past(AnswerAge age) {
    Duration bound = parts.settings().ahead().staleOnError();
    return bound.isZero()
        ? null
        : new PastAnswers(parts.store(), age, bound, parts.pool()::refusalSince, parts.counters());
  }

  private void route(DatabaseContext database) {
    Router router = parts.router();
    if (router == null) {
      return;
    }
    Replication replication = database.replication();
    if (replication != null) {
      router.start(parts.pool(), database.ledger().newLogPositions(), replication);
    } else {
      log.warn(
          "larder.replicas: replicas are used with PostgreSQL and MySQL only; the primary answers"
              + " all");
    }
  }
}
