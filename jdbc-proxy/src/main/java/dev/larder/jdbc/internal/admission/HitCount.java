package dev.larder.jdbc.internal.admission;

import org.jspecify.annotations.Nullable;

/**
 * A count that many threads add to and that may lose some: an addition costs a plain write to a
 * cache line of the thread's own, or nearly so. Thread-safe.
 */
final class HitCount {

  /*
   * Plain words on purpose. What is lost where two threads share a word is a part of what they
   * count, and the sum only decides whether hits are few or many.
   */

  private static final int STRIPES =
      Math.min(16, Integer.highestOneBit(Runtime.getRuntime().availableProcessors() * 2 - 1) * 2);

  /** Words of a cache line. */
  private static final int LINE = 8;

  /** Most templates are never hit, and so carry none. */
  private long @Nullable [] counts;

  void increment() {
    long[] all = counts;
    if (all == null) {
      all = new long[(STRIPES + 1) * LINE];
      counts = all;
    }
    int stripe = (int) Thread.currentThread().getId() & (STRIPES - 1);
    all[(stripe + 1) * LINE]++;
  }

  long sum() {
    long[] all = counts;
    long sum = 0;
    if (all != null) {
      for (int stripe = 1; stripe <= STRIPES; stripe++) {
        sum += all[stripe * LINE];
      }
    }
    return sum;
  }
}
