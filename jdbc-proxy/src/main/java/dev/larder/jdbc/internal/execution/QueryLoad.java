package dev.larder.jdbc.internal.execution;

import dev.larder.invalidation.ledger.Stamp;
import dev.larder.invalidation.ledger.TrackedFootprint;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.admission.LoadMeasurement;
import dev.larder.jdbc.internal.admission.TemplateAdmission;
import dev.larder.jdbc.internal.ahead.Asked;
import dev.larder.jdbc.internal.ahead.HotAnswers;
import dev.larder.jdbc.internal.connection.LogicalConnection;
import dev.larder.jdbc.internal.connection.StatementFate;
import dev.larder.jdbc.internal.eligibility.CacheableRead;
import dev.larder.jdbc.internal.eligibility.Decision;
import dev.larder.jdbc.internal.result.QueryResult;
import dev.larder.jdbc.internal.result.Snapshot;
import dev.larder.jdbc.internal.rows.Execution;
import dev.larder.jdbc.internal.session.Session;
import dev.larder.jdbc.internal.store.CacheKey;
import dev.larder.jdbc.internal.store.Entry;
import dev.larder.jdbc.internal.store.InFlightLoads.Load;
import dev.larder.jdbc.internal.tier.SecondTier;
import java.sql.SQLException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One miss: waits for another caller's load of the same, or asks a node and keeps what it says.
 * Used once, by one thread.
 */
final class QueryLoad {

  /*
   * Why waiting for another caller's load is right. The load's stamp was not open and is still
   * current when the waiter joins: no affecting commit has reached the database between the load's
   * start and the waiter's call, so whatever state the load reads, it is one the database held at
   * or after the waiter's call. The load hands its answer on only if its stamp is current at its
   * end too, which a waiter in a snapshot transaction needs.
   *
   * Why an answer that shows its rows may be kept with a second stamp, which was taken when it was
   * there already: it is kept only if the first is current after that. Nothing that the answer
   * follows from has changed until then, and every later change moves what the second was taken of.
   *
   * Why waiting cannot deadlock: a waiter that holds a physical connection waits only for a load
   * that has got one.
   */

  /** A load that ends in vain is followed by another's; after so many this caller asks itself. */
  private static final int MOST_LOADS_WAITED_FOR = 3;

  private final QueryLoads shared;
  private final CacheableRead plan;
  private final LogicalConnection connection;
  private final QueryRequest query;
  private final QueryLoads.Wanted wanted;

  /** The key as others keep it: nothing that the application still holds can change it. */
  private final CacheKey key;

  private final Execution execution;
  private final TrackedFootprint footprint;

  /** Where it is kept if nobody has asked for it yet; null where somebody has. */
  private @Nullable BiConsumer<CacheKey, Entry> ahead;

  /** Of this miss; null for most of them. */
  private @Nullable LoadMeasurement measurement;

  QueryLoad(
      QueryLoads shared,
      CacheableRead plan,
      LogicalConnection connection,
      QueryRequest query,
      QueryLoads.Wanted wanted) {
    this.shared = shared;
    this.plan = plan;
    this.connection = connection;
    this.query = query;
    this.wanted = wanted;
    this.measurement = wanted.admission().measurement();
    this.key = wanted.key().frozen();
    this.execution = new Execution(query.text().analysis().literals(), wanted.values());
    this.footprint = plan.footprint(wanted.serve().footprint(), execution);
  }

  QueryResult answer() throws SQLException {
    BypassReason notKept = whyNotKept();
    if (notKept != null) {
      return bypass(notKept);
    }
    long deadline = System.nanoTime() + shared.maxWaitNanos;
    boolean mayWait = wanted.serve().use() == Decision.Use.FULL && shared.maxWaitNanos > 0;
    for (int waited = 0; mayWait && waited < MOST_LOADS_WAITED_FOR; waited++) {
      Stamp stamp = settled();
      if (stamp.wasOpen()) {
        break;
      }
      Object me = new Object();
      Load load =
          shared.inFlight.join(key, stamp, connection.session().transaction().readsAsOfNanos(), me);
      if (load.isLedBy(me)) {
        QueryResult answer = lead(load);
        if (answer != null) {
          return answer;
        }
        // Something has changed while another node was waited for: a load from now on is kept.
        measurement = null;
        continue;
      }
      // What it waits for is no cost of a miss.
      measurement = null;
      Snapshot snapshot;
      try {
        snapshot = join(load, deadline);
      } catch (InterruptedException e) {
        return loadInterrupted();
      }
      if (snapshot != null) {
        joined(load.readAtNanos());
        return snapshot;
      }
      mayWait = System.nanoTime() - deadline < 0 && !load.stamp().isCurrent();
    }
    return loadAlone();
  }

  private Stamp settled() throws SQLException {
    TierReads tier = shared.nodes.tier();
    return tier == null ? footprint.stamp() : tier.settled(footprint, connection, wanted);
  }

  /**
   * Loads what nobody has asked for yet, by the rules of any miss. Nothing where somebody else is
   * at it, or where what is loaded could not be kept.
   *
   * @param store keeps it
   */
  void loadAhead(BiConsumer<CacheKey, Entry> store) throws SQLException {
    Stamp stamp = footprint.stamp();
    if (whyNotKept() != null || stamp.wasOpen()) {
      return;
    }
    ahead = store;
    Object me = new Object();
    long readAt = connection.session().transaction().readsAsOfNanos();
    Load load = shared.inFlight.join(key, stamp, readAt, me);
    if (!load.isLedBy(me)) {
      return;
    }
    if (load(stamp, load) instanceof QueryResult.Live live) {
      live.resultSet().close();
    }
    if (load.isJoined()) {
      // Who waited for it has asked for it.
      shared.store.find(key, wanted.admission().loadCost(), wanted.maxAge());
    }
  }

  /** Another caller's execution has answered. */
  private void joined(long readAtNanos) {
    shared.counters.joinedFlights.increment();
    query.text().figures().joined();
    connection.became(StatementFate.JOINED, null);
    shared.age.tell(connection, readAtNanos);
  }

  private @Nullable BypassReason whyNotKept() {
    if (wanted.serve().use() == Decision.Use.LOOK_UP_ONLY) {
      return wanted.serve().reason();
    }
    return shared.primary().mayStandForNow(wanted.values()) || plan.mayFollowDate(wanted.values())
        ? BypassReason.CURRENT_TIME_LITERAL
        : null;
  }

  /** Null where the answer should be asked for anew. */
  private @Nullable QueryResult lead(Load load) throws SQLException {
    boolean completed = false;
    try {
      // The load before this one may have completed between the look-up and the start.
      Entry entry = shared.store.find(load.key(), wanted.admission().loadCost(), wanted.maxAge());
      if (entry != null
          && CachedRead.answers(entry, load.stamp().footprint(), sessionIfTouched())) {
        completed = true;
        // The entry may be younger than the load, and then than a snapshot that waits for it.
        load.complete(load.stamp().isCurrent() ? entry.snapshot() : null);
        joined(entry.readAtNanos());
        return entry.snapshot();
      }
      completed = true;
      return load(load.stamp(), load);
    } finally {
      if (!completed) {
        load.complete(null);
      }
    }
  }

  private @Nullable Session sessionIfTouched() throws SQLException {
    return connection.plainFingerprint() == null ? connection.session() : null;
  }

  private @Nullable Snapshot join(Load load, long deadline)
      throws SQLException, InterruptedException {
    Session session = connection.session();
    boolean allowed =
        load.stamp().isCurrent()
            && CachedRead.covers(load.stamp(), footprint)
            && (!connection.holdsPhysical() || load.hasConnection())
            && (!session.transaction().isSnapshotFixed()
                || footprint.unmovedSince(session.transaction().position()))
            && !session.transaction().mayPredate(footprint);
    if (!allowed) {
      return null;
    }
    load.joined();
    Snapshot snapshot = connection.await(load.completion(), deadline - System.nanoTime());
    boolean young =
        wanted.maxAge() == Long.MAX_VALUE
            || System.nanoTime() - load.readAtNanos() <= wanted.maxAge();
    return young ? snapshot : null;
  }

  /**
   * The wait was Larder's, so its interruption must not fail the query: pools and drivers refuse to
   * work for a thread whose flag is set.
   */
  private QueryResult loadInterrupted() throws SQLException {
    try {
      return loadAlone();
    } finally {
      Thread.currentThread().interrupt();
    }
  }

  private QueryResult loadAlone() throws SQLException {
    QueryResult answer = load(footprint.stamp(), null);
    if (answer == null) {
      throw new IllegalStateException("only who others wait for may begin anew");
    }
    return answer;
  }

  /**
   * Asks a node, and keeps what it says if nothing moved meanwhile.
   *
   * @param load whom others wait for; null where nobody does
   * @return null only where others wait, and something has moved before the database was asked
   */
  private @Nullable QueryResult load(Stamp stamp, @Nullable Load load) throws SQLException {
    Snapshot forOthers = null;
    SecondTier.Attempt attempt = null;
    try {
      TierReads tier = shared.nodes.tier();
      if (tier != null) {
        attempt =
            tier.begin(plan, connection, wanted, key, new TierReads.Reading(execution, stamp));
        forOthers = attempt == null ? null : ofOtherNodes(attempt, stamp, load);
        if (forOthers != null) {
          return forOthers;
        }
        if (attempt != null && load != null && !stamp.isCurrent()) {
          return null;
        }
      }
      ReplicaReads replicas = shared.nodes.replicas();
      ReplicaReads.Reply reply =
          replicas == null
              ? null
              : replicas.read(
                  plan, connection, query, new ReplicaReads.Wanted(stamp, wanted.maxAge(), load));
      if (reply != null) {
        shared.age.tell(connection, reply.readAtNanos());
        forOthers = reply.covers() ? keep(reply.answer(), stamp, reply.readAtNanos()) : null;
        return reply.answer();
      }
      LoadMeasurement measured = measurement;
      if (measured != null) {
        measured.sending();
      }
      PastAnswers past = ahead != null ? null : shared.past;
      if (past == null) {
        connection.physical();
      } else {
        past.reach(connection, wanted);
      }
      if (load != null) {
        load.connected();
      }
      long readAt = connection.session().transaction().readsAsOfNanos();
      BypassReason why = whyNotNow(stamp);
      if (why != null) {
        return bypass(why);
      }
      QueryResult answer =
          shared
              .primary()
              .captured(
                  plan,
                  connection,
                  query,
                  new DatabaseReads.Capturing(capturesLarge(stamp), measured));
      forOthers = keep(answer, stamp, readAt);
      if (measured != null) {
        measured.ended(forOthers == null ? 0 : forOthers.bytes());
      }
      if (attempt != null && forOthers != null) {
        attempt.keep(forOthers, connection.physical().profile().serverStart());
      }
      return answer;
    } finally {
      if (attempt != null) {
        attempt.end();
      }
      if (load != null) {
        load.complete(forOthers);
      }
    }
  }

  /** What another node kept, if this one can prove that it still holds; null otherwise. */
  private @Nullable Snapshot ofOtherNodes(
      SecondTier.Attempt attempt, Stamp stamp, @Nullable Load load) {
    Entry found = attempt.find();
    if (found == null) {
      return null;
    }
    if (load != null) {
      load.readsFrom(found.readAtNanos());
    }
    Snapshot kept = keep(found.snapshot(), stamp, found.readAtNanos());
    if (kept != null) {
      connection.became(StatementFate.TIER, null);
      shared.age.tell(connection, found.readAtNanos());
    }
    return kept;
  }

  private boolean capturesLarge(Stamp stamp) {
    return wanted.admission().capturesLarge(key.hashCode(), stamp, wanted.maxAge());
  }

  /** Only with a connection it may show that its answer is nobody else's. */
  private @Nullable BypassReason whyNotNow(Stamp stamp) throws SQLException {
    BypassReason unknown = connection.session().bypass();
    if (unknown != null) {
      return unknown;
    }
    if (stamp.wasOpen()) {
      return BypassReason.COMMIT_UNDER_WAY;
    }
    // Asked after the stamp was taken: a commit in between is in the stamp and not in a snapshot.
    return connection.session().transaction().mayPredate(footprint)
        ? BypassReason.SNAPSHOT_MOVED
        : null;
  }

  /** Stores an answer if it still holds, and gives it for those who wait for it; null otherwise. */
  private @Nullable Snapshot keep(QueryResult answer, Stamp stamp, long readAt) {
    if (!(answer instanceof Snapshot snapshot)) {
      return null;
    }
    TrackedFootprint shown = plan.footprint(stamp.footprint(), execution, snapshot);
    Stamp second = shown == null ? stamp : shown.stamp();
    // A plan that no longer holds may have named the wrong tables.
    if (stamp.isCurrent() && plan.holds()) {
      TemplateAdmission admission = wanted.admission();
      Entry entry = new Entry(snapshot, second.wasOpen() ? stamp : second, readAt);
      put(entry, admission);
      admission.kept(snapshot.rows());
      return snapshot;
    }
    shared.counters.bypassed(BypassReason.CHANGED_MEANWHILE);
    connection.became(StatementFate.DATABASE, BypassReason.CHANGED_MEANWHILE);
    return null;
  }

  private void put(Entry entry, TemplateAdmission admission) {
    BiConsumer<CacheKey, Entry> unasked = ahead;
    if (unasked != null) {
      unasked.accept(key, entry);
      return;
    }
    HotAnswers hot = shared.hot;
    shared.store.put(key, entry, admission.loadCost());
    if (hot != null) {
      hot.loaded(key, entry, new Asked(query.text(), footprint, wanted.maxAge()));
    }
  }

  private QueryResult bypass(BypassReason reason) throws SQLException {
    return shared.primary().bypass(reason, plan, connection, query);
  }
}
