package dev.larder.jdbc.internal.proxy;

import dev.larder.invalidation.ChangeListener;
import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Invalidation;
import dev.larder.invalidation.Ledger;
import dev.larder.invalidation.SharedLedger;
import dev.larder.invalidation.SourceReport;
import dev.larder.invalidation.TableName;
import dev.larder.invalidation.source.Coverage;
import dev.larder.jdbc.Explanation;
import dev.larder.jdbc.InvalidSettingsException;
import dev.larder.jdbc.Statistics;
import dev.larder.jdbc.internal.analysis.Dialect;
import dev.larder.jdbc.internal.execution.CatalogueWatch;
import dev.larder.jdbc.internal.execution.ConnectionLender;
import dev.larder.jdbc.internal.execution.Explainer;
import dev.larder.jdbc.internal.execution.KnownDatabase;
import dev.larder.jdbc.internal.execution.Pipeline;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.pool.PhysicalConnection;
import dev.larder.jdbc.internal.pool.Pool;
import dev.larder.jdbc.internal.remote.RemoteHooks;
import dev.larder.jdbc.internal.route.Router;
import dev.larder.jdbc.internal.session.Fingerprint;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.session.SessionBaseline;
import dev.larder.jdbc.internal.settings.Settings;
import dev.larder.jdbc.internal.source.Sources;
import dev.larder.jdbc.internal.store.AnswerStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one data source shares among its connections: the pool, the store, and the pipeline once the
 * first physical connection told what database this is. Thread-safe.
 */
public final class Gateway implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Gateway.class);

  private final Pool<PhysicalProfile> pool;
  private final ConnectionLender lender;
  private final @Nullable Router router;
  private final Settings settings;
  private final Sources sources;
  private final Counters counters = new Counters();
  private final AnswerStore store;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<ChangeListener> early = new ArrayList<>();
  private volatile @Nullable Pipeline pipeline;
  private final AtomicReference<@Nullable String> whyNoCaching;
  private volatile @Nullable Fingerprint fresh;
  private volatile @Nullable DataSource owner;
  private volatile @Nullable RemoteHooks remote;

  /**
   * @param router sends reads to replicas; null where there are none
   * @param whyNoCaching why nothing may be cached over what is below, or null
   */
  public Gateway(
      Pool<PhysicalProfile> pool,
      @Nullable Router router,
      Settings settings,
      Sources sources,
      @Nullable String whyNoCaching) {
    this.pool = pool;
    this.lender = pool::borrow;
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
    return new LarderConnection(this, lender, true);
  }

  /** A connection for other credentials, after the database has accepted them. */
  public Connection connect(String user, @Nullable String password) throws SQLException {
    PhysicalConnection<PhysicalProfile> own = pool.connectAs(user, password);
    LarderConnection connection = new LarderConnection(this, () -> own, false);
    connection.physical();
    return connection;
  }

  /** What {@code explain} says, for a session that has set nothing. */
  public Explanation explain(String sql) throws SQLException {
    try (LarderConnection connection = connection()) {
      return Explainer.explain(connection.pipeline(), connection, sql);
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
    store.clear();
    if (router != null) {
      router.close();
    }
    pool.close();
    sources.leave(() -> !pool.hasLent());
  }

  /** The data source that this is the inside of; set once, before anything else is asked. */
  public void ownedBy(DataSource dataSource) {
    owner = dataSource;
  }

  // What connections ask.

  @Nullable DataSource owner() {
    return owner;
  }

  /** The fingerprint of a session that has set nothing, or null before the first connection. */
  @Nullable Fingerprint freshSession() {
    return fresh;
  }

  /**
   * The same for a connection that begins from {@code baseline}: one object while that is usual.
   */
  Fingerprint fresh(SessionBaseline baseline) {
    Fingerprint usual = fresh;
    return usual != null && usual.baseline().equals(baseline) ? usual : Fingerprint.of(baseline);
  }

  @Nullable Pipeline pipelineIfKnown() {
    return pipeline;
  }

  Pipeline pipeline() throws SQLException {
    Pipeline known = pipeline;
    if (known == null) {
      throw new SQLException("The database has not been reached yet", "08003");
    }
    return known;
  }

  /** Learns from a physical connection which database this is; every one must lead to the same. */
  void seen(PhysicalProfile profile, boolean isUsual) {
    SessionBaseline baseline = profile.baseline();
    Pipeline known = known(baseline);
    if (router != null) {
      router.primaryIs(profile.serverStart());
    }
    if (isUsual && (fresh == null || !fresh.baseline().equals(baseline))) {
      fresh = Fingerprint.of(baseline);
    }
    if (known.database().isIdentified()
        && !known.database().identity().equals(baseline.identity())
        && whyNoCaching.compareAndSet(null, "its connections lead to different databases")) {
      log.warn("Connections of one data source lead to different databases; nothing is cached");
      store.clear();
    }
  }

  private Pipeline known(SessionBaseline baseline) {
    Pipeline known = pipeline;
    if (known != null) {
      return known;
    }
    lock.lock();
    try {
      known = pipeline;
      if (known == null) {
        KnownDatabase database = KnownDatabase.of(baseline, settings, counters);
        CatalogueWatch catalogue =
            new CatalogueWatch(database, lender, Sources.watchDefinitions(settings), counters);
        Coverage coverage =
            sources.start(
                database, catalogue, lender, pool::openApart, this::reported, counters::statements);
        known =
            new Pipeline(
                database,
                catalogue,
                lender,
                router,
                store,
                settings,
                coverage,
                whyNoCaching::get,
                counters);
        route(database);
        early.forEach(database.ledger()::onChange);
        pipeline = known;
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  /** What changes with a table that a source names. */
  private ChangeSet reported(TableName table, Map<String, Set<String>> values) {
    Pipeline known = pipeline;
    // Until there is a pipeline nothing was read that could be forgotten.
    return known == null ? ChangeSet.EVERYTHING : known.changesReported(table, values);
  }

  List<SourceReport> sourceReports() {
    return sources.reports();
  }

  private void route(KnownDatabase database) {
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
    Pipeline known = pipeline;
    return known == null ? Optional.empty() : Optional.of(known.database().ledger());
  }

  /** Tells {@code listener} of changes, from the moment there is a ledger. */
  void onChange(ChangeListener listener) {
    lock.lock();
    try {
      Pipeline known = pipeline;
      if (known == null) {
        early.add(listener);
      } else {
        known.database().ledger().onChange(listener);
      }
    } finally {
      lock.unlock();
    }
  }
}
