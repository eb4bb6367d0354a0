package dev.larder.jdbc.internal.route;

import dev.larder.jdbc.internal.pool.Acquisition;
import dev.larder.jdbc.internal.pool.PhysicalConnection;
import dev.larder.jdbc.internal.pool.Pool;
import dev.larder.jdbc.internal.route.ReplicaState.Out;
import dev.larder.jdbc.internal.route.ReplicaState.Reason;
import dev.larder.jdbc.internal.route.ReplicaState.Serving;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.session.SessionBaseline;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One replica: its pool, whether it may be given reads, and how it does with them. Thread-safe. */
public final class Replica implements AutoCloseable {

  /*
   * Two things take a replica out of the rotation: its watch, which asks it several times a second,
   * and a breaker, which counts reads that failed while the watch was content. Either way it
   * returns by itself, and is then given more reads by and by.
   */
  private static final Logger log = LoggerFactory.getLogger(Replica.class);

  /** So many of the last reads are judged by: few, so that a replica that recovers is soon back. */
  private static final int READS_JUDGED_BY = 20;

  /** Fewer say nothing: one connection that dies must not take a replica out. */
  private static final int FEWEST_READS = 4;

  /** Each failure costs a read twice, here and at another node; beyond a half that is no gain. */
  private static final float PERCENT_FAILED = 50;

  /** Five rounds of the watch, which finds a server that is down before a read tries it again. */
  private static final Duration OUT_FOR = Duration.ofMillis(500);

  /** An odd number, of which the majority decides whether it is back. */
  private static final int TRIAL_READS = 3;

  private static final CircuitBreakerConfig BREAKER =
      CircuitBreakerConfig.custom()
          .slidingWindowSize(READS_JUDGED_BY)
          .minimumNumberOfCalls(FEWEST_READS)
          .failureRateThreshold(PERCENT_FAILED)
          .waitDurationInOpenState(OUT_FOR)
          .permittedNumberOfCallsInHalfOpenState(TRIAL_READS)
          .automaticTransitionFromOpenToHalfOpenEnabled(true)
          .build();

  private static final double FIRST_SHARE = 0.1;
  private static final long RAMP_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final String name;
  private final Pool<PhysicalProfile> pool;
  private final int waiting;
  private final CircuitBreaker breaker;
  private final Latency latency = new Latency();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Set<PhysicalConnection<PhysicalProfile>> leased = ConcurrentHashMap.newKeySet();
  private final LongAdder reads = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private volatile ReplicaState state = new Out(Reason.NOT_ASKED_YET);
  private volatile boolean hasServed;
  private volatile boolean returning;
  private volatile long returnedAtNanos;
  private volatile boolean differs;
  private volatile @Nullable Replication replication;

  /**
   * @param waiting how many reads may wait for a connection: a pool that finds its size by itself
   *     needs to see some
   */
  Replica(String name, Pool<PhysicalProfile> pool, int waiting) {
    this.name = name;
    this.pool = pool;
    this.waiting = waiting;
    this.breaker = CircuitBreaker.of(name, BREAKER);
    breaker
        .getEventPublisher()
        .onStateTransition(
            e -> log.info("Replica {}: breaker {}", name, e.getStateTransition().getToState()));
  }

  /** By what it is compared with its primary; to be told before it is watched. */
  void follow(Replication how) {
    replication = how;
  }

  /** Its URL without secrets. */
  public String name() {
    return name;
  }

  /** What {@code statistics()} says of it. */
  public String condition() {
    ReplicaState now = state;
    if (now instanceof Out out) {
      return "out: " + out.reason();
    }
    if (breaker.getState() == CircuitBreaker.State.OPEN) {
      return "out: its reads failed";
    }
    return returning && System.nanoTime() - returnedAtNanos < RAMP_NANOS ? "returning" : "serving";
  }

  /** How many reads it has answered. */
  public long reads() {
    return reads.sum();
  }

  /** How many reads it failed to answer; another node answered them. */
  public long failures() {
    return failures.sum();
  }

  ReplicaState state() {
    return state;
  }

  /** Takes the state that the watch found. */
  void enter(ReplicaState found) {
    ReplicaState before = state;
    if (before instanceof Out out && out.reason() == Reason.CLOSED) {
      return;
    }
    if (found instanceof Serving && before instanceof Out) {
      returnedAtNanos = System.nanoTime();
      returning = hasServed;
      hasServed = true;
      breaker.reset();
      log.info("Replica {} is given reads", name);
    }
    state = found;
    if (found instanceof Out out && !found.equals(before)) {
      if (hasServed) {
        log.warn("Replica {} is given no reads: {}", name, out.reason());
      } else {
        log.info("Replica {} is given no reads yet: {}", name, out.reason());
      }
      if (out.reason() == Reason.SILENT || out.reason() == Reason.UNREACHABLE) {
        // Who waits there gets an error now, and another node's answer.
        leased.forEach(PhysicalConnection::abort);
        pool.dropIdle();
      }
    }
  }

  /** Whether it would take a read more now; one that just came back takes few. */
  boolean hasRoom() {
    if (inFlight.get() >= pool.maximum() + waiting
        || breaker.getState() == CircuitBreaker.State.OPEN) {
      return false;
    }
    if (!returning) {
      return true;
    }
    long back = System.nanoTime() - returnedAtNanos;
    if (back >= RAMP_NANOS) {
      returning = false;
      return true;
    }
    double share = FIRST_SHARE + (1 - FIRST_SHARE) * back / RAMP_NANOS;
    return ThreadLocalRandom.current().nextDouble() < share;
  }

  /**
   * How long a read more would take here, as far as can be told; only the order means something.
   */
  double load() {
    return latency.nanos() * (1 + inFlight.get());
  }

  /**
   * Borrows a connection to that run of the server.
   *
   * @param baseline what the session that reads begins with: the connection must begin alike
   */
  public Lease lease(Route.ToReplica route, SessionBaseline baseline, Acquisition wait)
      throws SQLException {
    if (inFlight.incrementAndGet() > pool.maximum() + waiting || !breaker.tryAcquirePermission()) {
      inFlight.decrementAndGet();
      throw new SQLTransientConnectionException("no room at the replica", "08001");
    }
    long began = System.nanoTime();
    PhysicalConnection<PhysicalProfile> borrowed = null;
    try {
      borrowed = pool.borrow(wait);
      requireUsable(borrowed, route, baseline);
      leased.add(borrowed);
      if (state instanceof Out out
          && (out.reason() == Reason.SILENT || out.reason() == Reason.UNREACHABLE)) {
        // It left between the borrowing and now, and nobody will cut this connection.
        throw new SQLTransientConnectionException("the replica left", "08006");
      }
      return new Lease(this, borrowed, began, baseline.rules().interruptions());
    } catch (SQLException | RuntimeException | Error e) {
      if (borrowed != null) {
        leased.remove(borrowed);
        borrowed.discard();
      }
      inFlight.decrementAndGet();
      if (wait.isEnded()) {
        // By the application, which says nothing of the replica.
        breaker.releasePermission();
        throw e;
      }
      failures.increment();
      breaker.onError(System.nanoTime() - began, TimeUnit.NANOSECONDS, e);
      throw e;
    }
  }

  private void requireUsable(
      PhysicalConnection<PhysicalProfile> borrowed, Route.ToReplica route, SessionBaseline baseline)
      throws SQLException {
    PhysicalProfile profile = borrowed.profile();
    if (profile.serverStart() != route.serverStart()) {
      // A server that crashed and came back may have come less far than it had.
      throw new SQLTransientConnectionException(
          "not the run of the server that was asked", "08006");
    }
    Replication how = replication;
    if (how == null || !how.beginsAlike(baseline, profile.baseline())) {
      if (!differs) {
        differs = true;
        log.warn(
            "Sessions of replica {} begin with other settings than the primary's; it gets no reads"
                + " of sessions that differ",
            name);
      }
      throw new SQLTransientConnectionException("the sessions begin differently", "08006");
    }
  }

  void returned(
      PhysicalConnection<PhysicalProfile> connection, long beganNanos, boolean asPromised) {
    leased.remove(connection);
    inFlight.decrementAndGet();
    long took = System.nanoTime() - beganNanos;
    if (asPromised) {
      reads.increment();
      latency.took(took);
      breaker.onSuccess(took, TimeUnit.NANOSECONDS);
    } else {
      breaker.releasePermission();
    }
  }

  void failed(
      PhysicalConnection<PhysicalProfile> connection, long beganNanos, SQLException failure) {
    leased.remove(connection);
    inFlight.decrementAndGet();
    failures.increment();
    breaker.onError(System.nanoTime() - beganNanos, TimeUnit.NANOSECONDS, failure);
  }

  @Override
  public void close() {
    state = new Out(Reason.CLOSED);
    pool.close();
  }

  Pool<PhysicalProfile> pool() {
    return pool;
  }

  @Override
  public String toString() {
    return name + ": " + condition();
  }
}
