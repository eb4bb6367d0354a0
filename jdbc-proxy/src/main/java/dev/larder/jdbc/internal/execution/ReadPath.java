package dev.larder.jdbc.internal.execution;

import dev.larder.invalidation.Stamp;
import dev.larder.invalidation.TrackedFootprint;
import dev.larder.invalidation.source.Coverage;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.analysis.Analysis;
import dev.larder.jdbc.internal.analysis.CurrentTime;
import dev.larder.jdbc.internal.analysis.Dialect;
import dev.larder.jdbc.internal.audit.Audit;
import dev.larder.jdbc.internal.bind.BoundValues;
import dev.larder.jdbc.internal.eligibility.Decision;
import dev.larder.jdbc.internal.eligibility.Decision.Serve;
import dev.larder.jdbc.internal.eligibility.Eligibility;
import dev.larder.jdbc.internal.eligibility.Plan;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.result.QueryResult;
import dev.larder.jdbc.internal.result.Snapshot;
import dev.larder.jdbc.internal.rows.Execution;
import dev.larder.jdbc.internal.session.Fingerprint;
import dev.larder.jdbc.internal.session.Session;
import dev.larder.jdbc.internal.settings.Settings;
import dev.larder.jdbc.internal.settings.Writers;
import dev.larder.jdbc.internal.store.AnswerStore;
import dev.larder.jdbc.internal.store.CacheKey;
import dev.larder.jdbc.internal.store.Entry;
import dev.larder.jdbc.internal.store.InFlightLoads;
import dev.larder.jdbc.internal.store.InFlightLoads.Load;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a query: from memory, from another caller's load, or from the database. Thread-safe. */
public final class ReadPath {

  /*
   * Why waiting for another caller's load is right. The load's stamp was not open and is still current when the waiter joins: no
   * affecting commit has reached the database between the load's start and the waiter's call, so whatever state the load reads, it
   * is one the database held at or after the waiter's call. The load hands its answer on only if its stamp is current at its end
   * too, which a waiter in a snapshot transaction needs.
   *
   * Why an answer from memory is right for a snapshot transaction: the entry is current when it is found, and only after that the
   * cells are seen to be unmoved since the transaction's position. So the entry's version is not younger than the snapshot. Asked in
   * the other order, a commit and another caller's load may come in between.
   *
   * Why an answer that shows its rows may be kept with a second stamp, which was taken when it was there already: it is kept only if
   * the first is current after that. Nothing that the answer follows from has changed until then, and every later change moves what
   * the second was taken of.
   *
   * Why waiting cannot deadlock: a waiter that holds a physical connection waits only for a load that has got one.
   */
  private static final Logger log = LoggerFactory.getLogger(ReadPath.class);
  private static final int LONGEST_CHAIN_OF_FLIGHTS = 3;
  private static final IntFunction<@Nullable String> NO_PARAMETERS = position -> null;

  private final KnownDatabase database;
  private final AnswerStore store;
  private final InFlightLoads flights = new InFlightLoads();
  private final WritePath writePath;
  private final @Nullable ReplicaReads replicas;
  private final Intake intake;
  private final Settings settings;
  private final Coverage coverage;
  private final Counters counters;
  private final @Nullable Audit audit;
  private final boolean everyWriterIsSeen;
  private final long maxAgeNanos;

  ReadPath(
      KnownDatabase database,
      AnswerStore store,
      WritePath writePath,
      @Nullable ReplicaReads replicas,
      Intake intake,
      Settings settings,
      Coverage coverage,
      Counters counters,
      @Nullable Audit audit) {
    this.database = database;
    this.store = store;
    this.writePath = writePath;
    this.replicas = replicas;
    this.intake = intake;
    this.settings = settings;
    this.coverage = coverage;
    this.counters = counters;
    this.audit = audit;
    this.everyWriterIsSeen = settings.writers() == Writers.THIS_JVM;
    this.maxAgeNanos = everyWriterIsSeen ? Long.MAX_VALUE : settings.maxStaleness().toNanos();
  }

  /** Answers a query that has no effects beyond its answer. */
  public QueryResult read(Plan plan, Link link, Query query) throws SQLException {
    Fingerprint plain = link.plainFingerprint();
    Session session = plain == null ? link.session() : null;
    Decision decision =
        session == null
            ? Eligibility.decide(plan, query.shape())
            : Eligibility.decide(plan, session, query.shape(), everyWriterIsSeen);
    if (!(decision instanceof Serve serve)) {
      return bypass(((Decision.Bypass) decision).reason(), plan, link, query);
    }
    BypassReason objection = query.objection();
    BoundValues values = objection == null ? query.values() : null;
    if (values == null) {
      return bypass(objection == null ? BypassReason.PARAMETER : objection, plan, link, query);
    }
    KnownText text = query.text();
    Analysis analysis = text.analysis();
    if (hasStopped(analysis)) {
      return bypass(BypassReason.AUDIT, plan, link, query);
    }
    Fingerprint fingerprint = plain == null ? link.fingerprint() : plain;
    CacheKey key = new CacheKey(text.statementKey(fingerprint, query.shape()), values);
    long maxAge = maxAge(analysis, serve.footprint());
    if (serve.use() != Decision.Use.STORE_ONLY) {
      Entry entry = store.find(key, maxAge);
      if (entry != null && answers(entry, serve.footprint(), session)) {
        counters.hits.increment();
        if (audit != null) {
          audit.served(text.sql(), analysis.template(), key, entry);
        }
        tellAge(link, entry.readAtNanos());
        return entry.snapshot();
      }
    }
    BypassReason notAsked = serve.use() == Decision.Use.STORE_ONLY ? serve.reason() : null;
    if (notAsked == null) {
      counters.misses.increment();
    } else {
      counters.bypassed(notAsked);
    }
    return miss(plan, link, query, serve, key, values, maxAge);
  }

  private void tellAge(Link link, long readAtNanos) {
    if (maxAgeNanos != Long.MAX_VALUE) {
      link.answeredAsOf(readAtNanos);
    }
  }

  private boolean hasStopped(Analysis analysis) {
    return audit != null && audit.hasStopped(analysis.template());
  }

  /**
   * Whether an entry that was just found current is an answer to this session. A snapshot is asked
   * after its position here, whatever was decided before: the entry may be younger than the
   * decision, and only now is it known to be of a version that has not changed since the position.
   */
  private static boolean answers(Entry entry, TrackedFootprint wanted, @Nullable Session session) {
    return covers(entry.stamp(), wanted) && (session == null || !session.mayPredate(wanted));
  }

  /**
   * Whether a stamp speaks for all that a query depends on. Texts that differ in their hints share
   * a key, and an answer stored without a tag would outlive it.
   */
  private static boolean covers(Stamp stamp, TrackedFootprint wanted) {
    TrackedFootprint stamped = stamp.footprint();
    return stamped == wanted
        || stamped.footprint().scopes().containsAll(wanted.footprint().scopes());
  }

  /**
   * Runs a query again whose answer came from memory, because something was asked of its result
   * that only the driver's own can answer. The text is not cached any more.
   *
   * @param what was asked of it
   */
  public ResultSet askAgain(Plan plan, Link link, Query query, String what) throws SQLException {
    counters.bypassed(BypassReason.DRIVER_RESULT);
    query.text().learn(plan, BypassReason.DRIVER_RESULT, what);
    return execute(plan, link, query);
  }

  /** Counts a query that is run without asking for rows first. */
  public void countBypass(Plan plan) {
    if (plan.decision() instanceof Decision.Bypass bypass
        && bypass.reason() != BypassReason.NOT_A_QUERY) {
      counters.bypassed(bypass.reason());
    }
  }

  boolean everyWriterIsSeen() {
    return everyWriterIsSeen;
  }

  /** How old an answer may be at most, where its text does not ask for less. */
  long maxAgeNanos() {
    return maxAgeNanos;
  }

  long maxAgeNanos(TrackedFootprint footprint) {
    return coverage.allowedAge(footprint, maxAgeNanos);
  }

  private long maxAge(Analysis analysis, TrackedFootprint footprint) {
    long allowed = maxAgeNanos(footprint);
    Duration asked = analysis.hints().ttl();
    // A text can ask for fresher answers than the settings do, never for older ones.
    return asked == null ? allowed : Math.min(allowed, asked.toNanos());
  }

  private QueryResult miss(
      Plan plan, Link link, Query query, Serve serve, CacheKey key, BoundValues values, long maxAge)
      throws SQLException {
    BypassReason notKept = serve.use() == Decision.Use.LOOK_UP_ONLY ? serve.reason() : null;
    if (notKept == null
        && database.dialect() == Dialect.POSTGRESQL
        && values.anyText(CurrentTime::mayStandFor)) {
      notKept = BypassReason.CURRENT_TIME_LITERAL;
    }
    if (notKept != null) {
      return bypass(notKept, plan, link, query);
    }
    CacheKey frozen = key.frozen();
    Execution execution = new Execution(query.text().analysis().literals(), values);
    TrackedFootprint footprint = plan.footprint(serve.footprint(), execution);
    long deadline = System.nanoTime() + settings.maxLoadWait().toNanos();
    boolean mayWait = serve.use() == Decision.Use.FULL && !settings.maxLoadWait().isZero();
    for (int chain = 0; mayWait && chain < LONGEST_CHAIN_OF_FLIGHTS; chain++) {
      Stamp stamp = footprint.stamp();
      if (stamp.wasOpen()) {
        break;
      }
      Object me = new Object();
      Load flight = flights.join(frozen, stamp, link.session().readsAsOfNanos(), me);
      if (flight.isLedBy(me)) {
        return lead(plan, link, query, execution, flight, maxAge);
      }
      Snapshot snapshot;
      try {
        snapshot = join(flight, link, footprint, maxAge, deadline);
      } catch (InterruptedException e) {
        return loadInterrupted(plan, link, query, frozen, execution, footprint, maxAge);
      }
      if (snapshot != null) {
        counters.joinedFlights.increment();
        tellAge(link, flight.readAtNanos());
        return snapshot;
      }
      mayWait = System.nanoTime() - deadline < 0 && !flight.stamp().isCurrent();
    }
    return load(plan, link, query, frozen, execution, footprint.stamp(), null, maxAge);
  }

  private QueryResult lead(
      Plan plan, Link link, Query query, Execution execution, Load flight, long maxAge)
      throws SQLException {
    boolean landed = false;
    try {
      // The flight before this one may have landed between the look-up and the start.
      Entry entry = store.find(flight.key(), maxAge);
      if (entry != null && answers(entry, flight.stamp().footprint(), sessionIfTouched(link))) {
        landed = true;
        // The entry may be younger than the flight, and then than a snapshot that waits for it.
        flight.complete(flight.stamp().isCurrent() ? entry.snapshot() : null);
        counters.joinedFlights.increment();
        tellAge(link, entry.readAtNanos());
        return entry.snapshot();
      }
      landed = true;
      return load(plan, link, query, flight.key(), execution, flight.stamp(), flight, maxAge);
    } finally {
      if (!landed) {
        flight.complete(null);
      }
    }
  }

  private static @Nullable Session sessionIfTouched(Link link) throws SQLException {
    return link.plainFingerprint() == null ? link.session() : null;
  }

  private @Nullable Snapshot join(
      Load flight, Link link, TrackedFootprint footprint, long maxAge, long deadline)
      throws SQLException, InterruptedException {
    Session session = link.session();
    boolean allowed =
        flight.stamp().isCurrent()
            && covers(flight.stamp(), footprint)
            && (!link.holdsPhysical() || flight.hasConnection())
            && (!session.isSnapshotFixed() || footprint.unmovedSince(session.position()));
    if (!allowed) {
      return null;
    }
    Snapshot snapshot = link.await(flight.completion(), deadline - System.nanoTime());
    boolean young = maxAge == Long.MAX_VALUE || System.nanoTime() - flight.readAtNanos() <= maxAge;
    return young ? snapshot : null;
  }

  /**
   * The wait was Larder's, so its interruption must not fail the query: pools and drivers refuse to
   * work for a thread whose flag is set.
   */
  private QueryResult loadInterrupted(
      Plan plan,
      Link link,
      Query query,
      CacheKey frozen,
      Execution execution,
      TrackedFootprint footprint,
      long maxAge)
      throws SQLException {
    try {
      return load(plan, link, query, frozen, execution, footprint.stamp(), null, maxAge);
    } finally {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks the database, and keeps what it says if nothing moved meanwhile. */
  private QueryResult load(
      Plan plan,
      Link link,
      Query query,
      CacheKey frozen,
      Execution execution,
      Stamp stamp,
      @Nullable Load flight,
      long maxAge)
      throws SQLException {
    Snapshot forOthers = null;
    try {
      if (replicas != null) {
        ReplicaReads.Reply reply =
            replicas.read(query.text(), plan, link, query, stamp, maxAge, flight);
        if (reply != null) {
          tellAge(link, reply.readAtNanos());
          if (reply.covers()) {
            forOthers = keep(reply.answer(), frozen, execution, stamp, plan, reply.readAtNanos());
          }
          return reply.answer();
        }
      }
      link.physical();
      if (flight != null) {
        flight.connected();
      }
      long readAt = link.session().readsAsOfNanos();
      // Only now it may have shown that nothing is known of this connection.
      BypassReason unknown = link.session().bypass();
      if (unknown != null) {
        return bypass(unknown, plan, link, query);
      }
      if (stamp.wasOpen()) {
        return bypass(BypassReason.COMMIT_UNDER_WAY, plan, link, query);
      }
      // Asked after the stamp was taken: a commit in between is in the stamp and not in a snapshot.
      if (link.session().mayPredate(stamp.footprint())) {
        return bypass(BypassReason.SNAPSHOT_MOVED, plan, link, query);
      }
      ResultSet live = execute(plan, link, query);
      QueryResult answer = capture(plan, link, query, live);
      forOthers = keep(answer, frozen, execution, stamp, plan, readAt);
      return answer;
    } finally {
      if (flight != null) {
        flight.complete(forOthers);
      }
    }
  }

  /** Stores an answer if it still holds, and gives it for those who wait for it; null otherwise. */
  private @Nullable Snapshot keep(
      QueryResult answer,
      CacheKey frozen,
      Execution execution,
      Stamp stamp,
      Plan plan,
      long readAt) {
    if (!(answer instanceof Snapshot snapshot)) {
      return null;
    }
    TrackedFootprint shown = plan.footprint(stamp.footprint(), execution, snapshot);
    Stamp second = shown == null ? stamp : shown.stamp();
    // A plan that no longer holds may have named the wrong tables.
    if (stamp.isCurrent() && plan.holds()) {
      store.put(frozen, new Entry(snapshot, second.wasOpen() ? stamp : second, readAt));
      return snapshot;
    }
    counters.bypassed(BypassReason.CHANGED_MEANWHILE);
    return null;
  }

  private QueryResult capture(Plan plan, Link link, Query query, ResultSet live)
      throws SQLException {
    @Nullable QueryResult answer;
    try {
      answer = intake.take(query.text(), plan, live);
    } catch (SQLException | RuntimeException | LinkageError e) {
      // A value that the driver cannot give as we ask for it, a driver of a version that answers
      // otherwise, or a fault of ours: either way the query itself is fine, and reads the same a
      // second time.
      counters.failures.increment();
      // Not the driver's message: it may quote a value.
      log.warn(
          "Capturing an answer failed ({}); the query runs again, uncached",
          e.getClass().getName());
      closeFailed(live);
      return live(plan, link, query);
    }
    if (answer == null) {
      live.close();
      return live(plan, link, query);
    }
    if (answer instanceof Snapshot) {
      live.close();
    }
    return answer;
  }

  /** What failed to be read may fail to be closed, in any way. */
  private static void closeFailed(ResultSet live) {
    try {
      live.close();
    } catch (SQLException | RuntimeException e) {
      log.debug("A result that could not be read could not be closed either");
    }
  }

  private QueryResult bypass(BypassReason reason, Plan plan, Link link, Query query)
      throws SQLException {
    counters.bypassed(reason);
    return live(plan, link, query);
  }

  private QueryResult live(Plan plan, Link link, Query query) throws SQLException {
    return new QueryResult.Live(execute(plan, link, query));
  }

  private ResultSet execute(Plan plan, Link link, Query query) throws SQLException {
    return writePath.run(link, plan, NO_PARAMETERS, null, query::run);
  }
}
