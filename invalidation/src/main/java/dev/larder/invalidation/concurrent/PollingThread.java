package dev.larder.invalidation.concurrent;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A daemon thread that does one thing again and again, until it is closed. Thread-safe.
 *
 * <p>Nobody else may interrupt it: an interruption ends what it waits for, and no more.
 */
public final class PollingThread implements AutoCloseable {

  /** One round of what the thread does. Called by that thread only. */
  @FunctionalInterface
  public interface Round {
    /**
     * Runs it.
     *
     * @return how long to pause before the next, in nanoseconds; or {@link #END}
     */
    long run();
  }

  /** There is no next round. */
  public static final long END = -1;

  /** Being asked for a round all the time must not keep a processor or a server busy. */
  private static final long SHORTEST_PERIOD_NANOS = 2_000_000;

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final AtomicBoolean wanted = new AtomicBoolean();
  private final Round round;
  private final Runnable atEnd;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * @param atEnd what the thread does last, after it was closed
   */
  public PollingThread(String name, Round round, Runnable atEnd) {
    this.round = round;
    this.atEnd = atEnd;
    this.thread = DaemonThreads.named(name).newThread(this::run);
  }

  /**
   * One whose rounds begin at intervals, or as soon as the one before has ended.
   *
   * @param atEnd what the thread does last, after it was closed
   */
  public static PollingThread every(
      Duration interval, String name, Runnable round, Runnable atEnd) {
    Round timed =
        () -> {
          long began = System.nanoTime();
          round.run();
          return Math.max(0, interval.toNanos() - (System.nanoTime() - began));
        };
    return new PollingThread(name, timed, atEnd);
  }

  /** To be called once. */
  public void start() {
    thread.start();
  }

  /** Somebody waits for the next round: it begins without a pause. */
  public void soon() {
    if (!wanted.get() && wanted.compareAndSet(false, true)) {
      LockSupport.unpark(thread);
    }
  }

  public boolean isClosed() {
    return closed;
  }

  private void run() {
    while (!closed) {
      long began = System.nanoTime();
      wanted.set(false);
      long pause = round.run();
      if (pause < 0) {
        break;
      }
      long ended = System.nanoTime();
      pause(began + SHORTEST_PERIOD_NANOS, false);
      pause(ended + pause, true);
    }
    atEnd.run();
  }

  /** Lets a round wait for that long, or until the thread is closed. */
  public void pause(long nanos) {
    pause(System.nanoTime() + nanos, false);
  }

  private void pause(long until, boolean forNobody) {
    long left = until - System.nanoTime();
    while (left > 0 && !closed && !(forNobody && wanted.get())) {
      LockSupport.parkNanos(this, left);
      // Left as it is, it would end every wait at once from here on.
      Thread.interrupted();
      left = until - System.nanoTime();
    }
  }

  /** Ends it after the round that is under way; waits for nothing. */
  public void stop() {
    closed = true;
    LockSupport.unpark(thread);
  }

  /** Ends it after the round that is under way, and waits a little for that. */
  @Override
  public void close() {
    stop();
    join(PATIENCE);
  }

  /** Ends it, and what its round waits for by an interruption; waits that long for the end. */
  public void interrupt(Duration patience) {
    stop();
    if (Thread.currentThread() != thread) {
      thread.interrupt();
      join(patience);
    }
  }

  private void join(Duration patience) {
    try {
      thread.join(patience.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
