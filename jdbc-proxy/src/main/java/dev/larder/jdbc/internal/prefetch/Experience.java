package dev.larder.jdbc.internal.prefetch;

import dev.larder.jdbc.internal.trail.KeyColumn;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether it was of use to load what one template looks up by one column of the answers to another.
 * Thread-safe.
 */
final class Experience {

  /** So many look-ups in a row show that a column is gone through. */
  static final int SHOWN_BY = 3;

  /** One statement in vain in so many is no burden. */
  private static final int FIRST_PAUSE = 32;

  private static final int LONGEST_PAUSE = 1 << 14;

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.

  private boolean refused;
  private int pause;
  private int nextPause = FIRST_PAUSE;

  private volatile boolean trusted;

  /** Whether what is left of the column is to be loaded. */
  boolean allows(KeyColumn column) {
    lock.lock();
    try {
      if (pause > 0) {
        pause--;
        return false;
      }
      // Who has begun with the first row goes on, where those before did.
      return !refused && (column.lookUps() >= SHOWN_BY || (trusted && column.row() == 0));
    } finally {
      lock.unlock();
    }
  }

  /** Whether another try is due. */
  boolean isWorthATry() {
    lock.lock();
    try {
      if (pause > 0) {
        pause--;
        return false;
      }
      return !refused;
    } finally {
      lock.unlock();
    }
  }

  /** Whether a column is known to be gone through whenever its first row is looked up. */
  boolean isTrusted() {
    return trusted;
  }

  /** So many of the answers that a statement had loaded were asked for. */
  void ended(int used, int loaded) {
    lock.lock();
    try {
      trusted = 2 * used >= loaded;
      if (trusted) {
        nextPause = Math.max(FIRST_PAUSE, nextPause / 2);
      } else {
        pause = nextPause;
        nextPause = Math.min(LONGEST_PAUSE, nextPause * 2);
      }
    } finally {
      lock.unlock();
    }
  }

  /** It cannot be loaded so. */
  void refuse() {
    lock.lock();
    try {
      refused = true;
      trusted = false;
    } finally {
      lock.unlock();
    }
  }
}
