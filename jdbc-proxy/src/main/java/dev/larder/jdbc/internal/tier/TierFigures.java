package dev.larder.jdbc.internal.tier;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What is counted of a tier. Thread-safe. */
final class TierFigures {

  private static final int DOWN = 2;
  private static final int UP = 8;
  private static final double MOST_GROWTH = 4;

  private final Map<TierOutcome, LongAdder> outcomes = new EnumMap<>(TierOutcome.class);
  private final LongAdder bytesRead = new LongAdder();
  private final LongAdder bytesWritten = new LongAdder();
  private final LongAdder lookUps = new LongAdder();
  private final LongAdder lookUpNanos = new LongAdder();

  /** Racy: what is lost of it is no matter. */
  private volatile double usualNanos = -1;

  private volatile long lookedUpAtNanos = System.nanoTime();

  TierFigures() {
    for (TierOutcome outcome : TierOutcome.values()) {
      outcomes.put(outcome, new LongAdder());
    }
  }

  void count(TierOutcome outcome) {
    LongAdder count = outcomes.get(outcome);
    if (count != null) {
      count.increment();
    }
  }

  /** A look-up was answered, or given up, after that long. */
  void lookedUp(long nanos, int bytes) {
    lookUps.increment();
    lookUpNanos.add(nanos);
    bytesRead.add(bytes);
    took(nanos);
  }

  /**
   * What a call took: follows what is less at once, and what is more slowly. One that was held up
   * by something else says little; if many are, the breaker will know.
   */
  void took(long elapsed) {
    double nanos = (double) elapsed;
    double latest = usualNanos;
    if (latest < 0) {
      usualNanos = nanos;
    } else if (nanos < latest) {
      usualNanos = latest + (nanos - latest) / DOWN;
    } else {
      usualNanos = latest + (Math.min(nanos, MOST_GROWTH * latest) - latest) / UP;
    }
    lookedUpAtNanos = System.nanoTime();
  }

  void wrote(int bytes) {
    bytesWritten.add(bytes);
  }

  /** What a look-up usually takes; less than 0 where none was measured. */
  double usualNanos() {
    return usualNanos;
  }

  long silentNanos() {
    return System.nanoTime() - lookedUpAtNanos;
  }

  TierReport report(String state) {
    Map<TierOutcome, Long> counts = new EnumMap<>(TierOutcome.class);
    outcomes.forEach((outcome, count) -> counts.put(outcome, count.sum()));
    return new TierReport(
        state,
        counts,
        new TierReport.Traffic(
            bytesRead.sum(),
            bytesWritten.sum(),
            lookUps.sum(),
            lookUpNanos.sum(),
            Math.max(0, (long) usualNanos)));
  }
}
