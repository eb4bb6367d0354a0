package dev.larder.hibernate.internal.storage;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The versions of all keys there are: when each last changed, and whether it is being written.
 * Which keys share a version follows from their hash. Thread-safe and lock-free.
 *
 * <p>A version is never forgotten, unlike a tombstone in a bounded map, so a load that began before
 * a change can never put what it read after it.
 */
final class KeyVersions {

  /*
   * As in the ledger's cells: the upper 48 bits are the position of the last move, the lower 16 the
   * writes under way. Keys that share a version cost each other a put now and then, never an entry.
   */
  private static final int COUNT_BITS = 16;
  private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;
  private static final int SIZE = 2048;

  private final AtomicLongArray words = new AtomicLongArray(SIZE);

  static int indexOf(Object key) {
    int hash = key.hashCode() * 0x9E3779B9;
    return (hash ^ hash >>> 15) & SIZE - 1;
  }

  long word(int index) {
    return words.get(index);
  }

  static boolean isOpen(long word) {
    return (word & COUNT_MASK) != 0;
  }

  static long version(long word) {
    return word >>> COUNT_BITS;
  }

  long open(int index, long position) {
    return words.updateAndGet(
        index, w -> moved(w, position) | Math.min(COUNT_MASK, (w & COUNT_MASK) + 1));
  }

  long close(int index, long position) {
    return words.updateAndGet(
        index,
        w -> {
          long count = w & COUNT_MASK;
          // A count that once stuck stays: uncacheable rather than wrong.
          return moved(w, position) | (count == COUNT_MASK || count == 0 ? count : count - 1);
        });
  }

  long move(int index, long position) {
    return words.updateAndGet(index, w -> moved(w, position) | w & COUNT_MASK);
  }

  static long count(long word) {
    return word & COUNT_MASK;
  }

  static long moved(long word, long position) {
    return Math.max(version(word), position) << COUNT_BITS;
  }
}
