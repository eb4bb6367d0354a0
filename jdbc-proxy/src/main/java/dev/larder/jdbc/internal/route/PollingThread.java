package dev.larder.jdbc.internal.route;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that does one thing again and again: at intervals, and at once when somebody needs it.
 * Thread-safe.
 */
final class PollingThread implements AutoCloseable {

  /** Needing it all the time must not keep a server busy. */
  private static final long SHORTEST_GAP_NANOS = 2_000_000;

  private static final long LONGEST_WAIT_FOR_THE_END_MILLIS = 1_000;

  private final AtomicBoolean wanted = new AtomicBoolean();
  private final long intervalNanos;
  private final Runnable beat;
  private final Runnable atEnd;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * @param atEnd what the thread does last, after it was closed
   */
  PollingThread(String name, long intervalNanos, Runnable beat, Runnable atEnd) {
    this.intervalNanos = intervalNanos;
    this.beat = beat;
    this.atEnd = atEnd;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Somebody waits for the next beat. */
  void soon() {
    if (!wanted.get() && wanted.compareAndSet(false, true)) {
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    while (!closed) {
      long began = System.nanoTime();
      wanted.set(false);
      beat.run();
      pause(began + SHORTEST_GAP_NANOS, false);
      pause(began + intervalNanos, true);
    }
    atEnd.run();
  }

  private void pause(long until, boolean forNobody) {
    long left = until - System.nanoTime();
    while (left > 0 && !closed && !(forNobody && wanted.get())) {
      LockSupport.parkNanos(this, left);
      left = until - System.nanoTime();
    }
  }

  /** Ends after the beat that is under way, and waits a little for it. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(LONGEST_WAIT_FOR_THE_END_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
