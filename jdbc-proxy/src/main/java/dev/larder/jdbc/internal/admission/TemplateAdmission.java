package dev.larder.jdbc.internal.admission;

import dev.larder.invalidation.ledger.Stamp;
import dev.larder.jdbc.internal.store.LoadCost;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the answers to one template are worth keeping, by what its hits save and its misses cost.
 * Thread-safe; a hit takes no lock and asks no clock.
 */
public final class TemplateAdmission {

  /*
   * A template begins admitted. It becomes passive where, in window after window, its misses cost
   * more than its hits save, and the loss is one that could be felt. A passive template's queries
   * are passed on to the driver; of a sample of its keys it is remembered that they were asked for,
   * and where enough of those are asked for again while their answers would have held, it is
   * admitted again. Between both decisions lies a gap, and each time it falls back a template
   * stays passive for twice as long, so that none goes to and fro.
   *
   * While an admitted template's answers come into memory again, a miss of a key that the sample
   * knows counts as the hit that it would have been, or it would be passive again before it was
   * warm.
   */

  /** What one of them holds, without ghosts and without its hits' count. */
  static final int WEIGHT = 400;

  /** Fewer look-ups say little. */
  private static final int LOOK_UPS_OF_WINDOW = 64;

  private static final int LONGEST_WINDOW_MISSES = 1 << 20;

  /** Fewer of the sample say little. */
  private static final int SAMPLES_OF_WINDOW = 32;

  private static final long SHORTEST_WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long PASSIVE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final int MOST_DOUBLINGS = 7;

  /** Who was admitted for so long begins anew when it falls back. */
  private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** Of the share of hits that it takes to break even. */
  private static final double DROPPED_BELOW = 0.8;

  private static final double ADMITTED_ABOVE = 1.25;

  /** Where so many could be hits, what a miss costs is worth being measured again. */
  private static final double WORTH_A_TRY = 0.5;

  /** Nanoseconds of loss in a second that nobody feels: a thousandth of a processor. */
  private static final double LOSS_THAT_COUNTS = 1e6;

  /** Every one of the first misses is measured, and then one of so many. */
  private static final int MEASURED_FIRST = 32;

  private static final int MEASURED_OF = 8;

  /** An answer with more rows is large. */
  public static final int LARGE_ROWS = 64;

  /** So many large answers are kept before they have to show that they are asked for again. */
  private static final int LARGE_ON_TRUST = 8;

  private final HitCount hits = new HitCount();
  private final HitCount largeHits = new HitCount();

  /** Nearly every template has some: a stripe for each processor would outweigh all else of it. */
  private final LongAdder misses = new LongAdder();

  private final GhostList ghosts;
  private final LongSupplier nanoTime;
  private final boolean passesOn;

  /** Who does not get it goes on: another thread is deciding already. */
  private final ReentrantLock lock = new ReentrantLock();

  private volatile boolean passive;

  /** Not volatile: immutable, and an old one costs a miss at most. */
  private LoadCost loadCost = LoadCost.UNKNOWN;

  private volatile @Nullable AdmissionFigures figures;

  // Guarded by the lock.

  private final MissCost cost = new MissCost();
  private final SavedTime saved;
  private long windowBeganAt;
  private long hitsBefore;
  private long missesBefore;
  private long samples;
  private long knownSamples;
  private double share = -1;
  private int windows;
  private long changedAt;
  private int doublings;
  private boolean retired;

  // Racy counts: what is lost of them is no matter.

  private int measurable;
  private int largeKept;

  TemplateAdmission(
      GhostList ghosts, boolean passesOn, LongSupplier nanoTime, DoubleAdder savedByAll) {
    this.saved = new SavedTime(hits, cost, savedByAll);
    this.ghosts = ghosts;
    this.passesOn = passesOn;
    this.nanoTime = nanoTime;
    this.windowBeganAt = nanoTime.getAsLong();
    this.changedAt = windowBeganAt;
  }

  /** What a hit of one of its answers saves. */
  public LoadCost loadCost() {
    return loadCost;
  }

  /** Whether its queries are passed on to the driver. */
  public boolean isPassive() {
    return passive;
  }

  /**
   * What was measured, as a clause for {@code explain}; empty where that is nothing.
   *
   * <p>It is of the last time that something was decided.
   */
  public String figures() {
    AdmissionFigures latest = figures;
    return latest == null ? "" : latest.toString();
  }

  /**
   * A query was answered from memory.
   *
   * @param rows of the answer
   */
  public void hit(int rows) {
    hits.increment();
    if (rows > LARGE_ROWS) {
      largeHits.increment();
    }
  }

  /**
   * A query was not found in memory, and is loaded now.
   *
   * @param hash of its key
   */
  public void missed(int hash, long maxAgeNanos) {
    misses.increment();
    if ((++measurable & (MEASURED_OF - 1)) != 0 || !lock.tryLock()) {
      return;
    }
    try {
      long now = nanoTime.getAsLong();
      long key = spread(hash);
      if (ghosts.samples(key) && ghosts.knows(key, maxAgeNanos, now)) {
        knownSamples += (long) ghosts.scale() * MEASURED_OF;
        ghosts.remove(key);
      }
      considerDropping(now);
    } finally {
      lock.unlock();
    }
  }

  /** A clock for this miss, or null for most of them. */
  public @Nullable LoadMeasurement measurement() {
    int nth = measurable;
    return nth < MEASURED_FIRST || nth % MEASURED_OF == 0 ? new LoadMeasurement(this) : null;
  }

  /** What a miss has taken. */
  void loaded(long databaseNanos, long ownNanos, long bytes) {
    if (lock.tryLock()) {
      try {
        saved.settle();
        cost.measured(databaseNanos, ownNanos, bytes);
        if (cost.areBytesKnown()) {
          loadCost = loadCost.measured(cost.savedNanos(), cost.bytes());
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** What was measured so far. */
  public MeasuredTemplate measurements() {
    lock.lock();
    try {
      return new MeasuredTemplate(hits.sum(), misses.sum(), saved.settle(), share, figures());
    } finally {
      lock.unlock();
    }
  }

  private void considerDropping(long now) {
    long elapsed = now - windowBeganAt;
    long found = hits.sum() - hitsBefore;
    long lost = misses.sum() - missesBefore;
    if (found + lost < LOOK_UPS_OF_WINDOW
        || (elapsed < SHORTEST_WINDOW_NANOS && lost < LONGEST_WINDOW_MISSES)) {
      return;
    }
    long wouldBe = Math.min(lost, knownSamples);
    weigh((double) (found + wouldBe) / (found + lost));
    double loss = (lost - wouldBe) * cost.ownNanos() - (found + wouldBe) * cost.savedNanos();
    boolean counts = loss * TimeUnit.SECONDS.toNanos(1) / elapsed > LOSS_THAT_COUNTS;
    begin(now);
    if (passesOn
        && windows > 1
        && counts
        && cost.isKnown()
        && share < cost.breakEven() * DROPPED_BELOW) {
      doublings = now - changedAt > STEADY_NANOS ? 0 : Math.min(doublings + 1, MOST_DOUBLINGS);
      change(true, now);
    }
  }

  /**
   * A query is passed on.
   *
   * @return whether its key is one of the sample, of which {@link #passed} is to be told more
   */
  public boolean samples(int hash) {
    return ghosts.wants(spread(hash));
  }

  /**
   * A query of the sample is passed on.
   *
   * @param hash of its key
   * @param stamp what its answer would have been kept with
   */
  public void passed(int hash, Stamp stamp, long maxAgeNanos) {
    if (!lock.tryLock()) {
      return;
    }
    try {
      long now = nanoTime.getAsLong();
      long key = spread(hash);
      ghosts.widen();
      if (!ghosts.samples(key)) {
        return;
      }
      samples++;
      if (ghosts.knows(key, maxAgeNanos, now)) {
        knownSamples++;
      } else if (!retired && !stamp.wasOpen()) {
        ghosts.add(key, stamp, now);
      }
      considerAdmitting(now);
    } finally {
      lock.unlock();
    }
  }

  /** What a query that was passed on has taken. */
  public void passedIn(long databaseNanos) {
    if (lock.tryLock()) {
      try {
        saved.settle();
        cost.passed(databaseNanos);
      } finally {
        lock.unlock();
      }
    }
  }

  private void considerAdmitting(long now) {
    if (samples < SAMPLES_OF_WINDOW || now - windowBeganAt < SHORTEST_WINDOW_NANOS) {
      return;
    }
    weigh((double) knownSamples / samples);
    begin(now);
    if (now - changedAt >= PASSIVE_NANOS << doublings
        && share > Math.min(WORTH_A_TRY, cost.breakEven() * ADMITTED_ABOVE)) {
      change(false, now);
    } else {
      figures = measured();
    }
  }

  private void weigh(double ofWindow) {
    share = share < 0 ? ofWindow : (share + ofWindow) / 2;
    windows++;
  }

  private void begin(long now) {
    windowBeganAt = now;
    hitsBefore = hits.sum();
    missesBefore = misses.sum();
    samples = 0;
    knownSamples = 0;
  }

  private void change(boolean toPassive, long now) {
    figures = measured();
    if (toPassive) {
      ghosts.clear();
    }
    changedAt = now;
    windows = 0;
    share = -1;
    passive = toPassive;
  }

  private AdmissionFigures measured() {
    return new AdmissionFigures(
        Math.max(0, share), cost.breakEven(), cost.databaseNanos(), cost.ownNanos());
  }

  /**
   * Whether an answer is to be captured whole, however large; one that is not stops to be captured
   * at {@link #LARGE_ROWS}. A template's large answers have to show that they are asked for again,
   * each for itself until some have.
   *
   * @param hash of its key
   * @param stamp what the answer would be kept with
   */
  public boolean capturesLarge(int hash, Stamp stamp, long maxAgeNanos) {
    if (!passesOn || largeKept < LARGE_ON_TRUST || largeHits.sum() * LARGE_ON_TRUST >= largeKept) {
      return true;
    }
    long key = spread(hash);
    if (!ghosts.samples(key) || !lock.tryLock()) {
      return false;
    }
    try {
      long now = nanoTime.getAsLong();
      boolean known = ghosts.knows(key, maxAgeNanos, now);
      if (known) {
        ghosts.remove(key);
      } else if (!retired && !stamp.wasOpen()) {
        ghosts.add(key, stamp, now);
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  /**
   * An answer is kept.
   *
   * @param rows of it
   */
  public void kept(int rows) {
    if (rows > LARGE_ROWS) {
      largeKept++;
    }
  }

  /** It is not asked any more: whoever still does goes without ghosts. */
  void retire() {
    lock.lock();
    try {
      saved.settle();
      retired = true;
      ghosts.clear();
    } finally {
      lock.unlock();
    }
  }

  /** The hash of a key, spread over all bits: keys of numbers in a row have hashes in a row. */
  private static long spread(int hash) {
    long z = hash * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 32)) * 0xD6E8FEB86659FD93L;
    return z ^ (z >>> 32);
  }
}
