package dev.larder.jdbc.internal.execution;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.ledger.Stamp;
import dev.larder.invalidation.ledger.TrackedFootprint;
import dev.larder.jdbc.internal.connection.LogicalConnection;
import dev.larder.jdbc.internal.eligibility.CacheableRead;
import dev.larder.jdbc.internal.eligibility.Decision;
import dev.larder.jdbc.internal.rows.Execution;
import dev.larder.jdbc.internal.session.Session;
import dev.larder.jdbc.internal.session.Transaction;
import dev.larder.jdbc.internal.store.CacheKey;
import dev.larder.jdbc.internal.tier.SecondTier;
import dev.larder.jdbc.internal.tier.TierRead;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The misses that the answers of other nodes may serve, or are kept for. Thread-safe. */
public final class TierReads {

  private static final long PAUSE_NANOS = 200_000;

  private final SecondTier tier;
  private final long maxLoadWaitNanos;

  /**
   * @param maxLoadWait how long a query waits for another node's load of the same
   */
  public TierReads(SecondTier tier, Duration maxLoadWait) {
    this.tier = tier;
    this.maxLoadWaitNanos = maxLoadWait.toNanos();
  }

  /**
   * Begins a miss, before the database is asked.
   *
   * @param key frozen
   * @param reading whose stamp was taken before this
   * @return null where the tier has no part in it
   */
  SecondTier.@Nullable Attempt begin(
      CacheableRead plan,
      LogicalConnection connection,
      QueryLoads.Wanted wanted,
      CacheKey key,
      Reading reading)
      throws SQLException {
    Stamp stamp = reading.stamp();
    if (wanted.serve().use() != Decision.Use.FULL || stamp.wasOpen() || !reads(connection)) {
      return null;
    }
    return tier.begin(
        new TierRead(
            key,
            plan,
            stamp,
            changes -> meets(changes, plan, reading),
            new TierRead.Bounds(
                wanted.maxAge(), wanted.admission().loadCost().nanos(), maxLoadWaitNanos)));
  }

  /**
   * Where the ledger stands for what a miss depends on. While a commit to it is under way every
   * node would ask the database and none could keep the answer: rather wait a little, if the end of
   * a commit is usually near. Whoever holds a connection does not wait, as the commit may wait for
   * it.
   */
  Stamp settled(TrackedFootprint footprint, LogicalConnection connection, QueryLoads.Wanted wanted)
      throws SQLException {
    Stamp stamp = footprint.stamp();
    if (!stamp.wasOpen() || connection.holdsPhysical() || !reads(connection)) {
      return stamp;
    }
    long most = tier.waitForCommitNanos(wanted.admission().loadCost().nanos());
    long began = System.nanoTime();
    long waited = 0;
    while (stamp.wasOpen() && waited < most && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(PAUSE_NANOS);
      waited = System.nanoTime() - began;
      stamp = footprint.stamp();
    }
    if (most > 0) {
      tier.waitedForCommit(waited, !stamp.wasOpen());
    }
    return stamp;
  }

  private static boolean meets(ChangeSet changes, CacheableRead plan, Reading reading) {
    TrackedFootprint stamped = reading.stamp().footprint();
    boolean isPlans = stamped == plan.footprint();
    return plan.isMetBy(changes, reading.execution())
        || (!isPlans && stamped.footprint().isMetBy(changes));
  }

  /** One execution, and where the ledger stood before it. */
  record Reading(Execution execution, Stamp stamp) {}

  /**
   * Whether the session reads what is committed at the time, as anybody else would: no snapshot,
   * which may be older than what this node has heard, nothing of its own that is not committed, and
   * no lock that demands more than a cluster can prove.
   */
  private static boolean reads(LogicalConnection connection) throws SQLException {
    if (connection.plainFingerprint() != null) {
      return true;
    }
    Session session = connection.session();
    Transaction transaction = session.transaction();
    return session.bypass() == null && !transaction.hasWritten() && !transaction.needsProof();
  }
}
