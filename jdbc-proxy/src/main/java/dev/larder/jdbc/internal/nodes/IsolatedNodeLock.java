package dev.larder.jdbc.internal.nodes;

import dev.larder.invalidation.concurrent.DurationRange;
import dev.larder.invalidation.concurrent.PollingThread;
import dev.larder.invalidation.source.Coverage;
import dev.larder.jdbc.internal.connection.PhysicalConnections;
import dev.larder.jdbc.internal.pool.PhysicalConnection;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.session.SharedLock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lock in the database itself that nodes hold which write to it and cannot be heard, and for
 * which the others look. Thread-safe.
 */
public final class IsolatedNodeLock implements IsolationSignal, Coverage.Proof, AutoCloseable {

  /*
   * A node of which nobody knows, because it never reached the stream, or because it was given up,
   * is missed by nobody. But whoever writes reaches the database. So such a node takes a lock there
   * that means nothing to the database and lives as long as its connection, before it commits. The
   * others look for that lock; the age bound is lifted only as long as the last look that found
   * none is younger than the bound. A commit of a node that holds the lock is newer than any such
   * look.
   *
   * The node lets go of the lock when a mark that it asked for after its return has come back from
   * everybody: they have then heard its numbers, and the hole in them.
   */

  private static final Logger log = LoggerFactory.getLogger(IsolatedNodeLock.class);
  private static final DurationRange INTERVALS = DurationRange.ofMillis(50, 1_000);
  private static final int ANSWER_SECONDS = 2;
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);

  private final SharedLock shared;
  private final PhysicalConnections lender;
  private final PhysicalConnections apart;
  private final Duration interval;
  private final ReentrantLock lock = new ReentrantLock();
  private final PollingThread thread =
      new PollingThread("larder-isolated-nodes", this::look, () -> {});
  private @Nullable PhysicalConnection<PhysicalProfile> holding;
  private boolean told;
  private volatile @Nullable Long noneAtNanos;
  private boolean failing;

  /**
   * @param shared the lock
   * @param lender lends connections to look through
   * @param apart opens a connection to hold the lock on, which no statement waits for
   */
  public IsolatedNodeLock(
      SharedLock shared,
      PhysicalConnections lender,
      PhysicalConnections apart,
      Duration maxStaleness) {
    this.shared = shared;
    this.lender = lender;
    this.apart = apart;
    this.interval = INTERVALS.nearestTo(maxStaleness.dividedBy(4));
  }

  public IsolatedNodeLock start() {
    thread.start();
    return this;
  }

  /** Whether no node held the lock at that time or later. */
  @Override
  public boolean holdsSince(long nanos) {
    Long none = noneAtNanos;
    return none != null && none - nanos >= 0;
  }

  private long look() {
    long asked = System.nanoTime();
    try {
      if (!isAnyIsolated()) {
        noneAtNanos = asked;
      }
      failing = false;
    } catch (SQLException | RuntimeException e) {
      if (!failing) {
        log.debug("Cannot look for nodes that are isolated", e);
      }
      failing = true;
    }
    return interval.toNanos();
  }

  private boolean isAnyIsolated() throws SQLException {
    Boolean held = lender.ask(connection -> shared.isHeldByAnyone(connection, ANSWER_SECONDS));
    return held == null || held;
  }

  @Override
  public void raise() {
    lock.lock();
    try {
      if (thread.isClosed() || isHeld()) {
        return;
      }
      release();
      PhysicalConnection<PhysicalProfile> borrowed = apart.borrow();
      holding = borrowed;
      shared.take(borrowed.inAutoCommit(), ANSWER_SECONDS);
      log.warn(
          "The other nodes cannot be reached; they are told through the database, and"
              + " larder.max-staleness holds everywhere");
    } catch (SQLException | RuntimeException e) {
      release();
      if (!told) {
        told = true;
        log.warn("The other nodes cannot be reached, nor can they be told through the database", e);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isHeld() {
    PhysicalConnection<PhysicalProfile> held = holding;
    try {
      return held != null && held.connection().isValid(ANSWER_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void lower() {
    lock.lock();
    try {
      if (holding != null) {
        log.info("The other nodes are heard again");
      }
      release();
      told = false;
    } finally {
      lock.unlock();
    }
  }

  /** The lock must not live on in a connection that somebody else is given. */
  private void release() {
    PhysicalConnection<PhysicalProfile> held = holding;
    holding = null;
    if (held != null) {
      held.discard();
    }
  }

  /** Ends the looking; what is held is held on. */
  public void stopLooking() {
    thread.interrupt(LONGEST_CLOSE);
  }

  @Override
  public void close() {
    stopLooking();
    lock.lock();
    try {
      release();
    } finally {
      lock.unlock();
    }
  }
}
