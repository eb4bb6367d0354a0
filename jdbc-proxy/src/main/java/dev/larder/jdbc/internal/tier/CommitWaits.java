package dev.larder.jdbc.internal.tier;

import java.util.concurrent.TimeUnit;

/**
 * How long commits that are under way are usually waited for. Thread-safe; what is lost in a race
 * is no matter.
 *
 * <p>While a commit is under way no answer that it may touch can be kept, so everybody who asks for
 * one asks the database. Commits are mostly over in a small part of the time that a query takes
 * which is worth a second tier; where they are not, nobody waits for them.
 */
final class CommitWaits {

  private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** One that did not end in time would have taken longer; nobody knows by how much. */
  private static final int IN_VAIN = 2;

  private static final int OF_EACH = 8;

  /** What was learnt is forgotten with every wait that it forbids, or it would stand for ever. */
  private static final double FORGOTTEN = 0.98;

  private volatile double usualNanos;

  /** How long to wait before the database is asked for what takes that long there; 0 for not. */
  long waitNanos(long databaseNanos) {
    double usual = usualNanos;
    if (usual > databaseNanos) {
      usualNanos = usual * FORGOTTEN;
      return 0;
    }
    return Math.min(databaseNanos, LONGEST_NANOS);
  }

  void waited(long nanos, boolean hasEnded) {
    double usual = usualNanos;
    double took = hasEnded ? nanos : (double) IN_VAIN * nanos;
    usualNanos = usual + (took - usual) / OF_EACH;
  }
}
