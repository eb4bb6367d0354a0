package dev.larder.jdbc.internal.route;

import dev.larder.invalidation.ledger.LogPositions;
import dev.larder.invalidation.ledger.Stamp;
import dev.larder.jdbc.internal.pool.ConnectionProfiler;
import dev.larder.jdbc.internal.pool.Origin;
import dev.larder.jdbc.internal.pool.Pool;
import dev.larder.jdbc.internal.route.ReplicaState.Serving;
import dev.larder.jdbc.internal.route.Route.Reason;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.settings.PoolSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The choice between the primary and its replicas, for each read. Thread-safe; deciding takes no
 * lock and asks nobody.
 */
public final class Router implements AutoCloseable {

  /*
   * Why a replica's answer is right. A stamp was taken at a and was not open; the replica was known
   * to have replayed the position of every cell in it; its answer is used only if the stamp is
   * still current when the replica had the query's snapshot, at b. So every commit to the footprint
   * that ended before a is in the snapshot, and none began before b: the replica's state of the
   * footprint is the primary's, throughout [a, b]. A commit that began between a and b may show on
   * a replica a moment before it shows on the primary; that is why the stamp is asked again and not
   * only the position.
   *
   * What a polled position says holds for that run of the replica's server only: one that crashed
   * may come back less far. So a lease checks that its connection leads to the run that was asked.
   */

  /** A pool that finds its size by itself grows by what waits for it; a few reads are enough. */
  private static final int WAITING_FOR_A_POOL_THAT_ADAPTS = 2;

  private final List<Replica> replicas;
  private final Duration maxLag;
  private final List<ReplicaWatch> watches = new ArrayList<>();
  private volatile @Nullable PrimaryLogWatch primaryLog;
  private @Nullable LogPositions positions;
  private volatile @Nullable Replication replication;

  private Router(List<Replica> replicas, Duration maxLag) {
    this.replicas = replicas;
    this.maxLag = maxLag;
  }

  /** A router over these replicas; asks nobody anything before it is started. */
  public static Router over(
      List<Origin> origins,
      PoolSettings settings,
      ConnectionProfiler<PhysicalProfile> profiler,
      Duration maxLag) {
    List<Replica> replicas = new ArrayList<>();
    for (Origin origin : origins) {
      replicas.add(
          new Replica(
              origin.toString(),
              new Pool<>(origin, settings.ofReplica(), profiler),
              settings.adaptive().isOn() ? WAITING_FOR_A_POOL_THAT_ADAPTS : 0));
    }
    return new Router(List.copyOf(replicas), maxLag);
  }

  /** Begins to watch, once the database is known. To be called once. */
  public void start(Pool<PhysicalProfile> primary, LogPositions log, Replication how) {
    positions = log;
    replication = how;
    PrimaryLogWatch asked =
        new PrimaryLogWatch(primary, log, how, () -> watches.forEach(ReplicaWatch::soon));
    ReplicaWatch.Primary followed = new ReplicaWatch.Primary(log, how, asked::history);
    for (Replica replica : replicas) {
      replica.follow(how);
      watches.add(new ReplicaWatch(replica.pool(), followed, maxLag, replica::enter));
    }
    primaryLog = asked;
    asked.start();
    watches.forEach(ReplicaWatch::start);
  }

  /** A statement goes to the primary, to a server that was started then. */
  public void primaryIs(long serverStart) {
    PrimaryLogWatch asked = primaryLog;
    if (asked != null) {
      asked.seen(serverStart);
    }
  }

  /** Whether a transaction that has no snapshot yet is given one by a statement without tables. */
  public boolean anyStatementFixesSnapshot() {
    Replication how = replication;
    return how != null && how.anyStatementFixesSnapshot();
  }

  public List<Replica> replicas() {
    return replicas;
  }

  /**
   * Where a read may go.
   *
   * @param maxAgeNanos how old the state it reads may be, as far as writers count that nobody sees
   * @param mayLag whether the text accepts an answer that lags by up to the settings' maximum
   * @param tried replicas that have failed this read
   */
  public Route route(Stamp stamp, long maxAgeNanos, boolean mayLag, Set<Replica> tried) {
    PrimaryLogWatch asked = primaryLog;
    LogPositions log = positions;
    if (asked == null || log == null) {
      return new Route.Primary(Reason.NONE_AVAILABLE);
    }
    long position = stamp.logPosition(log);
    if (position == LogPositions.UNKNOWN) {
      asked.soon();
      if (!mayLag) {
        return new Route.Primary(Reason.POSITION_UNKNOWN);
      }
    }
    long now = System.nanoTime();
    boolean behind = false;
    List<Route.ToReplica> eligible = new ArrayList<>(replicas.size());
    for (Replica replica : replicas) {
      if (!(replica.state() instanceof Serving serving) || tried.contains(replica)) {
        continue;
      }
      long age = log.ageNanos(serving.replayed(), now);
      boolean covers = position <= serving.replayed();
      if (covers ? age > maxAgeNanos && !mayLag : !mayLag) {
        behind = true;
      } else if (!mayLag || age <= maxLag.toNanos()) {
        if (replica.hasRoom()) {
          eligible.add(new Route.ToReplica(replica, serving.serverStart(), age, covers));
        }
      }
    }
    if (eligible.isEmpty()) {
      if (behind) {
        watches.forEach(ReplicaWatch::soon);
      }
      return new Route.Primary(behind ? Reason.BEHIND : Reason.NONE_AVAILABLE);
    }
    return oneOf(eligible);
  }

  /** The better of two picked at random: no herd runs to the one that was best a moment ago. */
  private static Route.ToReplica oneOf(List<Route.ToReplica> eligible) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    int size = eligible.size();
    Route.ToReplica one = eligible.get(random.nextInt(size));
    Route.ToReplica other = eligible.get(random.nextInt(size));
    int busier = Double.compare(one.replica().load(), other.replica().load());
    return busier < 0 || (busier == 0 && one.ageNanos() <= other.ageNanos()) ? one : other;
  }

  @Override
  public void close() {
    PrimaryLogWatch asked = primaryLog;
    if (asked != null) {
      asked.close();
    }
    replicas.forEach(Replica::close);
    watches.forEach(ReplicaWatch::close);
  }
}
