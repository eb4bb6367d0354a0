package dev.larder.invalidation.ledger;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/** The version of one scope and the count of commits open on it. Thread-safe and lock-free. */
class Cell implements Opened {

  /*
   * Version and count share one word, so that a begin opens and moves in one atomic step and a reader takes both with one
   * volatile read. The upper 48 bits are the ledger's clock at the last move, the lower 16 the open commits.
   *
   * Clock ticks are drawn before the word is written, so two threads can write theirs in the other order. The version never goes
   * back (max), and a word with no open commit never comes twice: between a begin and its end the count is not zero, and the tick
   * of the end is drawn after the begin's write, when the clock had already reached every version the cell ever had at zero.
   *
   * 2^48 ticks are nine years at a million commits a second. 65,535 open commits are reached only if outcomes stay unknown; the
   * count then sticks, and the cell stays uncacheable rather than wrong.
   */
  private static final int COUNT_BITS = 16;
  private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

  // There is a cell for every value that is asked for: updaters spare each an object.
  private static final AtomicLongFieldUpdater<Cell> WORD =
      AtomicLongFieldUpdater.newUpdater(Cell.class, "word");

  private volatile long word;
  private volatile @Nullable GracePeriod awaited;

  Cell(long position) {
    this.word = position << COUNT_BITS;
  }

  /**
   * @param awaited this cell counts as open until that is over: a commit that began before this
   *     cell was there has not opened it
   */
  Cell(long position, GracePeriod awaited) {
    this.word = position << COUNT_BITS;
    this.awaited = awaited;
  }

  final long word() {
    return awaited == null ? word : awaitingWord();
  }

  /** Not a part of {@link #word}, which every hit asks and which stays small. */
  private long awaitingWord() {
    return isSettled() ? word : word | 1;
  }

  /** Whether no commit can be under way that has not opened it. */
  final boolean isSettled() {
    GracePeriod period = awaited;
    if (period == null) {
      return true;
    }
    if (!period.hasBegun()) {
      // Not before: whoever asks has found this cell where commits look for it.
      period = period.begin();
      awaited = period;
    }
    if (!period.isOver()) {
      return false;
    }
    // Those commits have moved the gate at their end: snapshots taken before count from there.
    // Several threads may do this; whoever sees nothing awaited sees the version too.
    long version = version(period.gate().word());
    WORD.updateAndGet(this, w -> moved(w, version) | (w & COUNT_MASK));
    awaited = null;
    return true;
  }

  static boolean isOpen(long word) {
    return (word & COUNT_MASK) != 0;
  }

  static long version(long word) {
    return word >>> COUNT_BITS;
  }

  // Loops of their own, as each commit does this to each of its cells: a function would be one more
  // object every time.

  void open(long tick) {
    long now;
    do {
      now = word;
    } while (!WORD.compareAndSet(this, now, moved(now, tick) | plusOne(now & COUNT_MASK)));
  }

  @Override
  public void close(long tick) {
    long now;
    do {
      now = word;
    } while (!WORD.compareAndSet(this, now, moved(now, tick) | minusOne(now & COUNT_MASK)));
  }

  private static long moved(long word, long tick) {
    return Math.max(version(word), tick) << COUNT_BITS;
  }

  private static long plusOne(long count) {
    return count == COUNT_MASK ? COUNT_MASK : count + 1;
  }

  private static long minusOne(long count) {
    return count == COUNT_MASK ? COUNT_MASK : count - 1;
  }
}
