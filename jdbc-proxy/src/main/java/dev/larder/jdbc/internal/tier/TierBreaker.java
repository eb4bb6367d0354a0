package dev.larder.jdbc.internal.tier;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The end of asking a tier that does not answer. Thread-safe.
 *
 * <p>It closes again by a probe that nobody waits for, never by a caller's look-up.
 */
final class TierBreaker {

  private static final int MOST_FAILURES = 3;

  private final AtomicInteger failures = new AtomicInteger();

  /** Open at first: nobody knows yet whether there is an answer. */
  private volatile boolean open = true;

  boolean isOpen() {
    return open;
  }

  void failed() {
    if (failures.incrementAndGet() >= MOST_FAILURES) {
      open = true;
    }
  }

  /** A call was answered. */
  void answered() {
    if (failures.get() != 0) {
      failures.set(0);
    }
  }

  /** The probe was answered. */
  void close() {
    failures.set(0);
    open = false;
  }

  void open() {
    open = true;
  }
}
