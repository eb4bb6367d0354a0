package dev.larder.examples.bookshop;

import java.time.Duration;

/**
 * A histogram of durations, exact to about 3 %. Not safe for use by several threads: each worker
 * has its own, and they are added up at the end.
 */
final class LatencyRecorder {
  /*
   * Each power of two is cut into 32 equal steps, so that a bucket is never wider than 1/32 of
   * what it holds. 64 powers of two cover every long.
   */
  private static final int STEP_BITS = 5;
  private static final int STEPS = 1 << STEP_BITS;

  private final long[] counts = new long[64 * STEPS];
  private long total;

  void record(long nanos) {
    counts[bucketOf(Math.max(nanos, 1))]++;
    total++;
  }

  void add(LatencyRecorder other) {
    for (int bucket = 0; bucket < counts.length; bucket++) {
      counts[bucket] += other.counts[bucket];
    }
    total += other.total;
  }

  /** The duration that the given share (0 to 1) of the recorded ones did not exceed. */
  Duration percentile(double share) {
    long wanted = Math.max(1, (long) Math.ceil(share * total));
    long seen = 0;
    for (int bucket = 0; bucket < counts.length; bucket++) {
      seen += counts[bucket];
      if (seen >= wanted) {
        return Duration.ofNanos(upperEndOf(bucket));
      }
    }
    return Duration.ZERO;
  }

  private static int bucketOf(long nanos) {
    int power = 63 - Long.numberOfLeadingZeros(nanos);
    if (power < STEP_BITS) {
      return (int) nanos;
    }
    int step = (int) (nanos >>> (power - STEP_BITS)) & (STEPS - 1);
    return (power - STEP_BITS + 1) * STEPS + step;
  }

  private static long upperEndOf(int bucket) {
    if (bucket < STEPS) {
      return bucket;
    }
    int shift = bucket / STEPS - 1;
    return ((STEPS + bucket % STEPS + 1L) << shift) - 1;
  }
}
