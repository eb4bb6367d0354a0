package dev.larder.jdbc.internal.proxy;

import dev.larder.invalidation.ChangeListener;
import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.DatabaseIdentity;
import dev.larder.invalidation.Invalidation;
import dev.larder.invalidation.Ledger;
import dev.larder.invalidation.OpenCommit;
import dev.larder.invalidation.Origin;
import dev.larder.invalidation.SharedLedger;
import dev.larder.invalidation.SourceReport;
import dev.larder.invalidation.source.Coverage;
import dev.larder.jdbc.Explanation;
import dev.larder.jdbc.InvalidSettingsException;
import dev.larder.jdbc.Statistics;
import dev.larder.jdbc.internal.analysis.Dialect;
import dev.larder.jdbc.internal.audit.Audit;
import dev.larder.jdbc.internal.connection.LogicalConnection;
import dev.larder.jdbc.internal.connection.PhysicalConnections;
import dev.larder.jdbc.internal.execution.AnswerAge;
import dev.larder.jdbc.internal.execution.CachedRead;
import dev.larder.jdbc.internal.execution.CommitOutcome;
import dev.larder.jdbc.internal.execution.DatabaseReads;
import dev.larder.jdbc.internal.execution.Explainer;
import dev.larder.jdbc.internal.execution.QueryLoads;
import dev.larder.jdbc.internal.execution.ReplicaReads;
import dev.larder.jdbc.internal.execution.ResultCapture;
import dev.larder.jdbc.internal.execution.StatementExecutor;
import dev.larder.jdbc.internal.execution.StatementRunner;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.planning.CatalogueCache;
import dev.larder.jdbc.internal.planning.DatabaseContext;
import dev.larder.jdbc.internal.planning.StatementPlanner;
import dev.larder.jdbc.internal.planning.StatementPlanning;
import dev.larder.jdbc.internal.pool.PhysicalConnection;
import dev.larder.jdbc.internal.pool.Pool;
import dev.larder.jdbc.internal.remote.RemoteHooks;
import dev.larder.jdbc.internal.route.Router;
import dev.larder.jdbc.internal.session.CustomSettings;
import dev.larder.jdbc.internal.session.Fingerprint;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.session.SessionBaseline;
import dev.larder.jdbc.internal.session.SessionProfiler;
import dev.larder.jdbc.internal.settings.Settings;
import dev.larder.jdbc.internal.source.Sources;
import dev.larder.jdbc.internal.store.AnswerStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one data source shares among its connections: the pool, the store, and the executor once the
 * first physical connection told what database this is. Thread-safe.
 */
public final class Gateway implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Gateway.class);

  /** How often a connection that does not tell what it is makes room, where none has told yet. */
  private static final long REPLACE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Pool<PhysicalProfile> pool;
  private final PhysicalConnections lender;

  /** One for all connections: most need none. */
  private final LogicalConnection.Borrowing<PhysicalConnection<PhysicalProfile>> borrowing;

  private final @Nullable Router router;
  private final Settings settings;
  private final Sources sources;
  private final Counters counters = new Counters();
  private final AnswerStore store;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<ChangeListener> early = new ArrayList<>();
  private final List<Runnable> endings = new ArrayList<>();
  private volatile @Nullable StatementExecutor executor;

  /** For connections that did not tell what they are, until one does; nothing is cached. */
  private volatile @Nullable StatementExecutor provisional;

  /** Connections that do not tell what they are, each with what may be written through it. */
  private final Map<LarderConnection, Optional<OpenCommit>> blind = new HashMap<>();

  private long replacedAtNanos = System.nanoTime() - REPLACE_NANOS;
  private final AtomicReference<@Nullable String> whyNoCaching;
  private final SessionProfiler profiler;
  private volatile @Nullable Fresh fresh;
  private volatile @Nullable DataSource owner;
  private volatile @Nullable RemoteHooks remote;

  /**
   * What a session is that has set nothing.
   *
   * @param defaults what new connections of its user begin with by role and database
   */
  private record Fresh(
      Fingerprint fingerprint, PhysicalProfile.@Nullable Basis basis, String defaults) {}

  /** A pool whose connections all began under former defaults has no more than this many. */
  private static final int MOST_OUTDATED = 1_000;

  /**
   * @param router sends reads to replicas; null where there are none
   * @param profiler what the pool asks its connections with
   * @param whyNoCaching why nothing may be cached over what is below, or null
   */
  public Gateway(
      Pool<PhysicalProfile> pool,
      @Nullable Router router,
      SessionProfiler profiler,
      Settings settings,
      Sources sources,
      @Nullable String whyNoCaching) {
    this.pool = pool;
    this.profiler = profiler;
    this.borrowing = pool::borrow;
    this.lender =
        new PhysicalConnections() {
          @Override
          public PhysicalConnection<PhysicalProfile> borrow() throws SQLException {
            return pool.borrow();
          }

          @Override
          public boolean isClosed() {
            return pool.isClosed();
          }
        };
    this.router = router;
    this.settings = settings;
    this.sources = sources;
    this.whyNoCaching = new AtomicReference<>(whyNoCaching);
    this.store = new AnswerStore(settings.maxBytes(), counters);
  }

  /** A connection; it borrows a physical one when a statement must reach the database. */
  public Connection connect() throws SQLException {
    return connection();
  }

  LarderConnection connection() throws SQLException {
    pool.requireOpen();
    return new LarderConnection(this);
  }

  /** A connection for other credentials, after the database has accepted them. */
  public Connection connect(String user, @Nullable String password) throws SQLException {
    PhysicalConnection<PhysicalProfile> own = pool.connectAs(user, password);
    LarderConnection connection = new LarderConnection(this, own);
    connection.physical();
    return connection;
  }

  /** What {@code explain} says, for a session that has set nothing. */
  public Explanation explain(String sql) throws SQLException {
    try (LarderConnection connection = connection()) {
      return Explainer.explain(connection.executor(), connection, sql);
    }
  }

  public Statistics statistics() {
    return new Statistics(
        counters.hits.sum(),
        counters.misses.sum(),
        counters.stores.sum(),
        counters.bypasses(),
        counters.writes.sum(),
        counters.invalidated.sum(),
        counters.evictions.sum(),
        counters.joinedFlights.sum(),
        store.entries(),
        store.bytes(),
        counters.statementsToDatabase.sum(),
        pool.borrows(),
        counters.analysedTexts.sum(),
        counters.failures.sum(),
        counters.audited.sum(),
        counters.auditMismatches.sum(),
        counters.auditStale.sum(),
        counters.auditSkipped.sum(),
        replicas(),
        new Statistics.Pool(
            pool.maximum(),
            pool.active(),
            pool.idle(),
            pool.waiting(),
            pool.sizeChanges(),
            pool.sizeReason()));
  }

  private List<Statistics.Replica> replicas() {
    return router == null
        ? List.of()
        : router.replicas().stream()
            .map(r -> new Statistics.Replica(r.name(), r.condition(), r.reads(), r.failures()))
            .toList();
  }

  public Invalidation invalidation() {
    return new Hooks(this);
  }

  /** What a cache above this data source may ask. */
  public SharedLedger sharedLedger() {
    return new LedgerShare(this);
  }

  /**
   * Lets those outside call the hooks, as far as the settings say so.
   *
   * @throws InvalidSettingsException where that cannot be had
   */
  public void openRemoteHooks() {
    remote = RemoteHooks.open(settings.sources(), invalidation());
  }

  @Override
  public void close() {
    RemoteHooks opened = remote;
    if (opened != null) {
      opened.close();
    }
    sources.close();
    store.close();
    if (router != null) {
      router.close();
    }
    pool.close();
    sources.leave(() -> !pool.hasLent());
    forget();
  }

  /** The application may hold a closed data source for long, and others its database's ledger. */
  private void forget() {
    lock.lock();
    try {
      endings.forEach(Runnable::run);
      endings.clear();
      early.clear();
    } finally {
      lock.unlock();
    }
    StatementExecutor known = executor;
    if (known != null) {
      known.planning().forget();
    }
  }

  /** The data source that this is the inside of; set once, before anything else is asked. */
  public void ownedBy(DataSource dataSource) {
    owner = dataSource;
  }

  // What connections ask.

  /** How one of the many connections that begin alike gets a physical one. */
  LogicalConnection.Borrowing<PhysicalConnection<PhysicalProfile>> lender() {
    return borrowing;
  }

  @Nullable DataSource owner() {
    return owner;
  }

  /**
   * The fingerprint of a session that has set nothing; null where a connection has to tell it,
   * because there was none yet or defaults may have changed since.
   */
  @Nullable Fingerprint freshSession() {
    Fresh known = fresh;
    return known != null && profiler.holds(known.basis()) ? known.fingerprint() : null;
  }

  /**
   * The same for a connection that begins from {@code baseline}: one object while that is usual.
   */
  Fingerprint fresh(SessionBaseline baseline) {
    Fresh usual = fresh;
    return usual != null && usual.fingerprint().baseline().equals(baseline)
        ? usual.fingerprint()
        : Fingerprint.of(baseline);
  }

  /** Whether what was read under {@code basis} is still what sessions begin with. */
  boolean holds(PhysicalProfile.@Nullable Basis basis) {
    return profiler.holds(basis);
  }

  /** Under what it was read what {@link #freshSession} says. */
  PhysicalProfile.@Nullable Basis basis() {
    Fresh known = fresh;
    return known == null ? null : known.basis();
  }

  /** Whether it can be read now what a session begins with. */
  boolean mayProfile() {
    return profiler.mayRead();
  }

  /** Names of settings that sessions set, for the profiles of the connections to come. */
  CustomSettings customSettings() {
    return profiler.customSettings();
  }

  /**
   * A connection of the pool's of which it is known what its session begins with now. One that
   * began under defaults that have changed since makes room for a new one.
   */
  PhysicalConnection<PhysicalProfile> borrow(PhysicalConnections from, boolean isUsual)
      throws SQLException {
    for (int outdated = 0; ; outdated++) {
      PhysicalConnection<PhysicalProfile> borrowed = from.borrow();
      try {
        seen(borrowed.profile(), isUsual);
        PhysicalProfile known = borrowed.profile();
        if (profiler.holds(known.basis()) || !profiler.mayRead()) {
          return borrowed;
        }
        PhysicalProfile now = reread(borrowed);
        if (now.basis() == null) {
          return borrowed;
        }
        if (known.isOutdatedBy(now) && isUsual && outdated < MOST_OUTDATED) {
          borrowed.discard();
          continue;
        }
        borrowed.learn(now);
        seen(now, isUsual);
        return borrowed;
      } catch (RuntimeException | Error e) {
        borrowed.discard();
        throw e;
      }
    }
  }

  /**
   * What the session of a connection is now; what was known of it, without a basis, where the
   * database does not tell.
   */
  PhysicalProfile reread(PhysicalConnection<PhysicalProfile> borrowed) {
    PhysicalProfile known = borrowed.profile();
    try {
      PhysicalProfile found = profiler.profile(borrowed.connection());
      boolean isTold = Objects.equals(found.baseline().identity(), known.baseline().identity());
      return isTold ? known.readAgain(found) : known.withoutBasis();
    } catch (SQLException e) {
      log.debug("What a session begins with could not be read again", e);
      return known.withoutBasis();
    }
  }

  @Nullable StatementExecutor executorIfKnown() {
    return executor;
  }

  StatementExecutor executor() throws SQLException {
    StatementExecutor stopgap = provisional;
    StatementExecutor known = executor;
    if (known == null) {
      known = stopgap;
    }
    if (known == null) {
      throw new SQLException("The database has not been reached yet", "08003");
    }
    return known;
  }

  /** Learns from a physical connection which database this is; every one must lead to the same. */
  void seen(PhysicalProfile profile, boolean isUsual) {
    SessionBaseline baseline = profile.baseline();
    if (baseline.isUnknown()) {
      // That says nothing of the database, neither that it is the same nor that it is another.
      return;
    }
    StatementExecutor known = known(baseline);
    if (router != null) {
      router.primaryIs(profile.serverStart());
    }
    if (isUsual) {
      learn(profile, known);
    }
    if (known.database().isIdentified()
        && areDifferent(known.database().identity(), baseline.identity())
        && whyNoCaching.compareAndSet(null, "its connections lead to different databases")) {
      log.warn("Connections of one data source lead to different databases; nothing is cached");
      store.clear();
    }
  }

  private void learn(PhysicalProfile profile, StatementExecutor known) {
    Fresh usual = fresh;
    PhysicalProfile.Basis basis = profile.basis();
    if (basis == null || !profiler.holds(basis)) {
      return;
    }
    if (usual != null
        && profiler.holds(usual.basis())
        && !usual.defaults().equals(profile.defaults())
        && usual.fingerprint().baseline().isOfSameUser(profile.baseline())) {
      // Somebody elsewhere changed what sessions of this user begin with.
      known.database().ledger().changed(ChangeSet.DEFINITIONS, Origin.SOURCE);
      return;
    }
    if (usual == null
        || !basis.equals(usual.basis())
        || !usual.fingerprint().baseline().equals(profile.baseline())) {
      fresh = new Fresh(fresh(profile.baseline()), basis, profile.defaults());
    }
  }

  /** What cannot be told is no difference. */
  private static boolean areDifferent(DatabaseIdentity one, @Nullable DatabaseIdentity other) {
    if (other == null || one.equals(other)) {
      return false;
    }
    // Which cluster it is, PostgreSQL tells only to those who may call pg_control_system().
    boolean untold =
        one.product().equals("postgresql")
            && (one.value().startsWith("/") || other.value().startsWith("/"));
    return !untold || !nameOf(one).equals(nameOf(other));
  }

  private static String nameOf(DatabaseIdentity postgres) {
    return postgres.value().substring(postgres.value().indexOf('/'));
  }

  /**
   * A connection that does not tell what it is. As long as it is used, everything may be written
   * through it.
   *
   * @return whether its physical connection is to be replaced, by one that may tell
   */
  boolean isBlind(LarderConnection connection, SessionBaseline baseline) {
    lock.lock();
    try {
      StatementExecutor known = executor;
      blind.put(
          connection,
          Optional.ofNullable(known).map(p -> p.database().ledger().begin(ChangeSet.DEFINITIONS)));
      if (known == null && provisional == null) {
        DatabaseContext database = DatabaseContext.of(baseline, settings, counters);
        provisional =
            executor(
                database,
                new CatalogueCache(database, lender, false, profiler.customSettings(), counters),
                Coverage.NONE);
      }
      long now = System.nanoTime();
      boolean replace = known != null || now - replacedAtNanos > REPLACE_NANOS;
      if (replace) {
        replacedAtNanos = now;
      }
      return replace;
    } finally {
      lock.unlock();
    }
  }

  /** It is given back; what may have been written through it until now, or null. */
  @Nullable OpenCommit noLongerBlind(LarderConnection connection) {
    lock.lock();
    try {
      Optional<OpenCommit> open = blind.remove(connection);
      return open == null ? null : open.orElse(null);
    } finally {
      lock.unlock();
    }
  }

  private StatementExecutor executor(
      DatabaseContext database, CatalogueCache catalogue, Coverage coverage) {
    AnswerAge age = new AnswerAge(settings, coverage);
    StatementRunner runner =
        new StatementRunner(
            database,
            new CommitOutcome(lender),
            settings.commitQuarantine(),
            age.everyWriterIsSeen(),
            counters);
    ResultCapture capture = new ResultCapture(database, settings, counters);
    DatabaseReads primary =
        new DatabaseReads(runner, capture, database.readsCurrentTimeFromTexts(), counters);
    ReplicaReads replicas =
        router == null
            ? null
            : new ReplicaReads(router, capture, runner, age.everyWriterIsSeen(), counters);
    QueryLoads loads =
        new QueryLoads(
            store, new QueryLoads.Nodes(primary, replicas), age, settings.maxLoadWait(), counters);
    Audit audit =
        Audit.of(settings.auditSample(), age.everyWriterIsSeen(), lender::borrow, store, counters);
    StatementPlanner planner =
        new StatementPlanner(database, settings, whyNoCaching::get, counters);
    return new StatementExecutor(
        database,
        new StatementPlanning(database, catalogue, planner),
        new CachedRead(store, loads, age, audit, counters),
        primary,
        runner);
  }

  private StatementExecutor known(SessionBaseline baseline) {
    StatementExecutor known = executor;
    if (known != null) {
      return known;
    }
    lock.lock();
    try {
      known = executor;
      if (known == null) {
        DatabaseContext database = DatabaseContext.of(baseline, settings, counters);
        profiler.under(database.definitions());
        CatalogueCache catalogue =
            new CatalogueCache(
                database,
                lender,
                Sources.watchDefinitions(settings),
                profiler.customSettings(),
                counters);
        Coverage coverage =
            sources.start(
                database,
                catalogue,
                lender,
                pool::openApart,
                (table, values) -> catalogue.atHand().changes().reported(table, values),
                counters::statements);
        known = executor(database, catalogue, coverage);
        route(database);
        early.forEach(listener -> endings.add(database.ledger().onChange(listener)));
        early.clear();
        // Those who use a connection that did not tell what it is may be writing anything here.
        blind.replaceAll(
            (user, open) -> Optional.of(database.ledger().begin(ChangeSet.DEFINITIONS)));
        executor = known;
        provisional = null;
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  List<SourceReport> sourceReports() {
    return sources.reports();
  }

  private void route(DatabaseContext database) {
    if (router == null) {
      return;
    }
    if (database.dialect() == Dialect.POSTGRESQL && database.isIdentified()) {
      router.start(pool, database.ledger().logPositions());
    } else {
      log.warn("larder.replicas: replicas are used with PostgreSQL only; the primary answers all");
    }
  }

  /** The ledger, once the database is known: before that nothing of it can be in memory. */
  Optional<Ledger> ledgerIfKnown() {
    StatementExecutor known = executor;
    return known == null ? Optional.empty() : Optional.of(known.database().ledger());
  }

  /** Tells {@code listener} of changes, from the moment there is a ledger. */
  void onChange(ChangeListener listener) {
    lock.lock();
    try {
      StatementExecutor known = executor;
      if (known == null) {
        early.add(listener);
      } else {
        endings.add(known.database().ledger().onChange(listener));
      }
    } finally {
      lock.unlock();
    }
  }
}
