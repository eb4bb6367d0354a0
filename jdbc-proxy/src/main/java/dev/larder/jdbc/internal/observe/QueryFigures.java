package dev.larder.jdbc.internal.observe;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What the database had to do for one template: how often it ran, and how long a sample of that
 * took. What memory answers is counted elsewhere, so that a hit costs nothing here. Thread-safe; no
 * lock.
 */
public final class QueryFigures {

  /** What one holds, with two counts and the durations. */
  public static final int BYTES = 24 + 2 * 32 + 16 + 26 * 4 * 2;

  /** Every one of the first executions is measured, and then one of so many. */
  private static final int MEASURED_FIRST = 32;

  private static final int MEASURED_OF = 16;

  /*
   * A bucket is a quarter of an octave wide, from a microsecond on: whatever is read from it is
   * less than a tenth off. Some counts are lost where threads meet, as of any sample. Where one
   * would overflow all are halved: what is told is of lately.
   */

  private static final int PER_OCTAVE = 4;
  private static final int BUCKETS = 26 * PER_OCTAVE;
  private static final double NANOS_OF_FIRST = 1_000;

  private final LongAdder runs = new LongAdder();
  private final LongAdder joined = new LongAdder();
  private char @Nullable [] durations;
  private int measured;

  /** The database runs it once. */
  public void ran() {
    runs.increment();
  }

  /** How often the database ran it. */
  public long runs() {
    return runs.sum();
  }

  /** Another caller's execution has answered. */
  public void joined() {
    joined.increment();
  }

  /** How often another caller's execution has answered. */
  public long joins() {
    return joined.sum();
  }

  /** Whether this execution is to be measured. */
  public boolean measures() {
    return measured < MEASURED_FIRST || ThreadLocalRandom.current().nextInt(MEASURED_OF) == 0;
  }

  /** An execution that was to be measured has taken so long. */
  public void took(long nanos) {
    char[] all = durations;
    if (all == null) {
      all = new char[BUCKETS];
      durations = all;
    }
    int bucket = bucket(nanos);
    if (all[bucket] == Character.MAX_VALUE) {
      for (int i = 0; i < all.length; i++) {
        all[i] = (char) (all[i] / 2);
      }
    }
    all[bucket]++;
    measured++;
  }

  private static int bucket(long nanos) {
    double octaves = Math.log(Math.max(nanos / NANOS_OF_FIRST, 1)) / Math.log(2);
    return (int) Math.min(BUCKETS - 1, octaves * PER_OCTAVE);
  }

  /**
   * The time in milliseconds that so great a part of the measured executions did not exceed; null
   * where none was measured.
   */
  public @Nullable Double quantileMillis(double part) {
    char[] all = durations;
    if (all == null) {
      return null;
    }
    long sum = 0;
    for (char count : all) {
      sum += count;
    }
    long wanted = Math.max(1, (long) Math.ceil(sum * part));
    long seen = 0;
    for (int i = 0; i < all.length; i++) {
      seen += all[i];
      if (seen >= wanted) {
        double nanos = NANOS_OF_FIRST * Math.pow(2, (i + 0.5) / PER_OCTAVE);
        return Math.rint(nanos / 1e3) / 1e3;
      }
    }
    return null;
  }
}
