package dev.larder.jdbc.internal.analysis;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * A bound on the processor time that one piece of work on one platform thread may take. Begun by
 * that thread, and asked by it and by others.
 *
 * <p>Where the JVM does not tell processor time, the time that passes counts instead.
 */
final class ProcessorTime {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final long threadId = Thread.currentThread().getId();
  private final long limitNanos;
  private final long beganNanos = System.nanoTime();
  private final long usedBefore = used(threadId);
  private long lookAtNanos;

  /** Begins now, for the calling thread. */
  ProcessorTime(long limitNanos) {
    this.limitNanos = limitNanos;
    this.lookAtNanos = beganNanos + limitNanos;
  }

  /** Asked by the working thread, as often as it likes: mostly this reads the clock and no more. */
  boolean isOver() {
    long now = System.nanoTime();
    if (now - lookAtNanos < 0) {
      return false;
    }
    long left = left();
    // No thread uses more than the time that passes.
    lookAtNanos = now + left;
    return left <= 0;
  }

  /** How much is left; not more than zero when it is over. */
  long left() {
    long used = usedBefore < 0 ? -1 : used(threadId);
    return limitNanos - (used < 0 ? System.nanoTime() - beganNanos : used - usedBefore);
  }

  /** Negative where it is not told. */
  private static long used(long threadId) {
    try {
      return THREADS.getThreadCpuTime(threadId);
    } catch (UnsupportedOperationException e) {
      return -1;
    }
  }
}
