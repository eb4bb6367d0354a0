package dev.larder.invalidation.ledger;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * A cell that a commit opens before it looks for finer ones. It tells when the commits that may
 * have missed a finer one are over. Thread-safe and lock-free.
 */
class Gate extends Cell {

  /*
   * A finer cell must not count before every commit is over that looked for it before it was there. Under steady commits the gate
   * is never seen closed, so commits are counted by the epoch in which they came, as in read-copy-update ("grace period"). The
   * next epoch begins only when nobody of the one before the current is left; so only the current one and the one before it have
   * any, and a commit of epoch e is over when epoch e + 2 is there.
   *
   * Epoch and both counts share one word: a commit is counted in the epoch in which it is let in, never in one that has just
   * ended. A reader that has made a cell finds that e is the last epoch of which anybody is under way, and waits for e + 2. A
   * commit that was let in before was so in e or earlier, and is over by then; one that is let in afterwards looks for finer cells
   * later still, and finds it.
   *
   * The upper 32 bits are the epoch, which may overflow: nothing is compared but its distance to one that it had lately. A count
   * that has reached its maximum sticks, and no further epoch begins: what is made then never counts.
   */
  private static final int COUNT_BITS = 16;

  private static final int EPOCH_SHIFT = 2 * COUNT_BITS;
  private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

  /** When the commits of an epoch are over. */
  private static final int EPOCHS = 2;

  private static final AtomicLongFieldUpdater<Gate> PASSAGES =
      AtomicLongFieldUpdater.newUpdater(Gate.class, "passages");

  private volatile long passages;
  private final GracePeriod upcoming = new GracePeriod(this);
  private final Opened even = new Passage(0);
  private final Opened odd = new Passage(1);

  Gate(long position) {
    super(position);
  }

  /**
   * @param awaited this gate counts as open until that was over: whoever it was waits for did not
   *     come through here
   */
  Gate(long position, GracePeriod awaited) {
    super(position, awaited);
  }

  /** What a cell that is made behind this gate waits for, from when it is first asked. */
  final GracePeriod upcoming() {
    return upcoming;
  }

  /** Lets a commit in, which opens this next and then looks for finer cells. */
  final Opened enter() {
    long before = PASSAGES.getAndUpdate(this, Gate::oneMore);
    return isEven(epoch(before)) ? even : odd;
  }

  private void leave(int parity) {
    PASSAGES.updateAndGet(this, isEven(parity) ? Gate::oneLessOfEven : Gate::oneLessOfOdd);
  }

  /** The last epoch of which anybody is under way; it is over already where nobody is at all. */
  final int lastEpoch() {
    long seen = passages;
    if (now(seen) != 0) {
      return epoch(seen);
    }
    return before(seen) != 0 ? epoch(seen) - 1 : epoch(seen) - EPOCHS;
  }

  /** Whether all who were let in until that epoch was there are over. */
  final boolean hasPassed(int then) {
    long seen = passages;
    while (epoch(seen) - then < EPOCHS) {
      if (before(seen) != 0) {
        return false;
      }
      PASSAGES.compareAndSet(this, seen, next(seen));
      seen = passages;
    }
    return true;
  }

  private static int epoch(long passages) {
    return (int) (passages >>> EPOCH_SHIFT);
  }

  private static boolean isEven(int epoch) {
    return (epoch & 1) == 0;
  }

  /** How many of the current epoch are under way. */
  private static long now(long passages) {
    return passages & COUNT_MASK;
  }

  /** How many of the epoch before are. */
  private static long before(long passages) {
    return (passages >>> COUNT_BITS) & COUNT_MASK;
  }

  private static long oneMore(long passages) {
    return now(passages) == COUNT_MASK ? passages : passages + 1;
  }

  private static long oneLessOfEven(long passages) {
    return isEven(epoch(passages)) ? oneLessNow(passages) : oneLessBefore(passages);
  }

  private static long oneLessOfOdd(long passages) {
    return isEven(epoch(passages)) ? oneLessBefore(passages) : oneLessNow(passages);
  }

  private static long oneLessNow(long passages) {
    return now(passages) == COUNT_MASK ? passages : passages - 1;
  }

  private static long oneLessBefore(long passages) {
    return before(passages) == COUNT_MASK ? passages : passages - (1L << COUNT_BITS);
  }

  /** The next epoch, when nobody is left of the one before this. */
  private static long next(long passages) {
    return ((long) (epoch(passages) + 1) << EPOCH_SHIFT) | (now(passages) << COUNT_BITS);
  }

  /** Those who came in the epochs of one parity. */
  private final class Passage implements Opened {
    private final int parity;

    Passage(int parity) {
      this.parity = parity;
    }

    @Override
    public void close(long tick) {
      // In this order: whoever finds a commit gone finds what it has moved.
      Gate.this.close(tick);
      leave(parity);
    }
  }
}
