package dev.larder.jdbc.internal.store;

import dev.larder.invalidation.ledger.Stamp;
import dev.larder.jdbc.internal.memory.HeapSize;
import dev.larder.jdbc.internal.result.Snapshot;

/**
 * An answer and the proof that comes with it. Immutable and thread-safe.
 *
 * @param stamp where the ledger stood before the query ran
 * @param readAtNanos {@link System#nanoTime()} before the query was sent
 */
public record Entry(Snapshot snapshot, Stamp stamp, long readAtNanos) {

  /**
   * What is kept for an entry beside key, snapshot and stamp: the entry itself, and Caffeine's node
   * with key, value, two weights, the queue it is in and its neighbours there.
   */
  static final long OVERHEAD =
      HeapSize.object(2 * HeapSize.REFERENCE + Long.BYTES)
          + HeapSize.object(4 * HeapSize.REFERENCE + 3 * Integer.BYTES)
          + HeapSize.HASH_NODE;

  /** Whether nothing that the answer depends on has moved, and it is not older than allowed. */
  public boolean isCurrent(long maxAgeNanos) {
    return stamp.isCurrent() && isYoung(maxAgeNanos);
  }

  /** About how many bytes it holds for itself. */
  public long bytes() {
    return snapshot.bytes() + stamp.bytes();
  }

  private boolean isYoung(long maxAgeNanos) {
    return maxAgeNanos == Long.MAX_VALUE || System.nanoTime() - readAtNanos <= maxAgeNanos;
  }
}
