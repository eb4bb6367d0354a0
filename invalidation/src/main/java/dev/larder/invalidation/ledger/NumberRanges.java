package dev.larder.invalidation.ledger;

import dev.larder.invalidation.ValueHash;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whole numbers of 32 bits, and ranges of them, that are covered by few intervals of one size. Used
 * by one thread; what it gives is nobody else's.
 *
 * <p>An interval is one of those that a power of two cuts the numbers into, so that a number finds
 * the one it lies in by a shift. It is told by one int: a bit above the number's own, and then the
 * number, both without as many of their lowest bits as the interval is wide.
 */
public final class NumberRanges {

  /** Intervals grow by this many bits: each size in use costs every commit a look. */
  private static final int STEP = 2;

  private static final int MARK = Integer.MIN_VALUE;

  private final long[] ranges;
  private int count;

  /**
   * @param most how many numbers and ranges are added, at most
   */
  public NumberRanges(int most) {
    ranges = new long[most];
  }

  /** Adds a number by its hash. */
  public void add(int hash) {
    int number = ValueHash.numberOf(hash);
    add(number, number);
  }

  /**
   * Adds a range.
   *
   * @return false where it is not of numbers that their hashes tell apart
   */
  public boolean add(long least, long most) {
    if (least > most || least < Integer.MIN_VALUE || most > Integer.MAX_VALUE) {
      return false;
    }
    if (least >= 0) {
      add((int) least, (int) most);
    } else if (most < 0) {
      add((int) ~most, (int) ~least);
    } else {
      add(0, (int) Math.max(~least, most));
    }
    return true;
  }

  private void add(int least, int most) {
    ranges[count++] = (long) least << Integer.SIZE | most;
  }

  /** The smallest intervals that cover them all in no more than so many; null where none do. */
  public int @Nullable [] intervals(int most) {
    Arrays.sort(ranges, 0, count);
    int[] intervals = new int[most];
    for (int bits = 0; bits < Integer.SIZE - 1; bits += STEP) {
      int found = intervals(bits, intervals);
      if (found >= 0) {
        return Arrays.copyOf(intervals, found);
      }
    }
    return null;
  }

  /** Writes intervals of one size; how many, or -1 where there is no room. */
  private int intervals(int bits, int[] into) {
    int found = 0;
    long next = 0;
    for (int i = 0; i < count; i++) {
      long from = Math.max(next, (ranges[i] >>> Integer.SIZE) >>> bits);
      long to = (int) ranges[i] >>> bits;
      if (to - from >= into.length - found) {
        return -1;
      }
      for (long each = from; each <= to; each++) {
        into[found++] = (int) each | MARK >>> bits;
      }
      next = Math.max(next, to + 1);
    }
    return found;
  }

  /** The size of an interval, as a bit among those of all sizes. */
  static int sizeBit(int interval) {
    return 1 << Integer.numberOfLeadingZeros(interval);
  }

  /** The interval of a size that a number lies in, which a hash is of. */
  static int interval(int hash, int sizeBit) {
    return (ValueHash.numberOf(hash) | MARK) >>> Integer.numberOfTrailingZeros(sizeBit);
  }
}
