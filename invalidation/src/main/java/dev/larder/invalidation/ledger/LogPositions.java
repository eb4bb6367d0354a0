package dev.larder.invalidation.ledger;

import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where the database's own log (PostgreSQL: its WAL, by LSN) stood at moments of the ledger's
 * clock: answers how far a replica must have come to show everything that the ledger knows of a
 * footprint. Thread-safe; looking up takes no lock.
 *
 * <p>Somebody who can ask the primary takes a {@link #mark()}, asks, and {@link #note notes} the
 * answer. Commits do nothing for this: a cell's position follows from its version.
 */
public final class LogPositions {

  /*
   * A sample is (c, p): the clock c was read first, then the primary said that its log ends at p. A closed cell of version v <= c
   * was moved last by a commit whose end drew a tick of at most v, and an end draws its tick after the database answered. So that
   * commit was in the log when p was read, and a replica that has replayed p shows it. The same holds for what a hook or a source
   * reported, which was in the database before the report. The first sample with c >= v gives the lowest such bound.
   *
   * A version newer than every sample has no bound yet, and counts as infinitely far. Samples that are forgotten leave older
   * versions with a bound that is higher than need be, never lower.
   */

  /** The position of something that no sample covers: no replica has come that far. */
  public static final long UNKNOWN = Long.MAX_VALUE;

  private static final int MOST_SAMPLES = 128;
  private static final Sample[] NONE = {};

  private record Sample(long clock, long position, long atNanos) {}

  /** A moment of the ledger's clock, before the primary was asked. Immutable and thread-safe. */
  public static final class Mark {
    private final long clock;
    private final long atNanos;
    private final Object era;

    private Mark(long clock, long atNanos, Object era) {
      this.clock = clock;
      this.atNanos = atNanos;
      this.era = era;
    }
  }

  /** Samples of one log: a primary that was replaced begins another. */
  private record Era(Sample[] samples, Object identity) {}

  private final Ledger ledger;
  private final ReentrantLock writing = new ReentrantLock();
  private volatile Era era = new Era(NONE, new Object());

  LogPositions(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Now, by the ledger's clock. Take it before the primary is asked where its log ends. */
  public Mark mark() {
    return new Mark(ledger.position(), System.nanoTime(), era.identity());
  }

  /**
   * The primary's answer to a question asked after the mark was taken: its log ended at {@code
   * position}, with everything in it that it had answered before.
   */
  public void note(Mark mark, long position) {
    writing.lock();
    try {
      Era current = era;
      Sample[] samples = current.samples();
      int kept = samples.length;
      if (current.identity() != mark.era || (kept > 0 && samples[kept - 1].clock() > mark.clock)) {
        return;
      }
      // A bound as good as an earlier one replaces it, and shows that replicas are younger.
      while (kept > 0 && samples[kept - 1].position() >= position) {
        kept--;
      }
      Sample[] older = kept < MOST_SAMPLES ? Arrays.copyOf(samples, kept) : thinned(samples);
      Sample[] more = Arrays.copyOf(older, older.length + 1);
      more[older.length] = new Sample(mark.clock, position, mark.atNanos);
      era = new Era(more, current.identity());
    } finally {
      writing.unlock();
    }
  }

  /** Half of the older half goes: the samples reach back to the first, the thinner the older. */
  private static Sample[] thinned(Sample[] samples) {
    int half = samples.length / 2;
    Sample[] kept = new Sample[samples.length - half / 2];
    int size = 0;
    for (int i = 0; i < samples.length; i++) {
      if (i >= half || i % 2 == 0) {
        kept[size++] = samples[i];
      }
    }
    return Arrays.copyOf(kept, size);
  }

  /** Another server is the primary, or its log began anew: nothing that was noted counts. */
  public void forget() {
    writing.lock();
    try {
      era = new Era(NONE, new Object());
    } finally {
      writing.unlock();
    }
  }

  /**
   * How far a replica must have come to show everything that the ledger knew at a moment of its
   * clock, or {@link #UNKNOWN}.
   */
  public long of(long clock) {
    Sample[] samples = era.samples();
    int low = 0;
    int high = samples.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (samples[middle].clock() >= clock) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low == samples.length ? UNKNOWN : samples[low].position();
  }

  /**
   * How old the state of a replica that has come to {@code position} may be, in nanoseconds: it
   * shows everything that was in the primary's log that long before {@code nowNanos}. {@link
   * Long#MAX_VALUE} where that cannot be told.
   */
  public long ageNanos(long position, long nowNanos) {
    Sample[] samples = era.samples();
    for (int i = samples.length - 1; i >= 0; i--) {
      if (samples[i].position() <= position) {
        return Math.max(0, nowNanos - samples[i].atNanos());
      }
    }
    return Long.MAX_VALUE;
  }
}
