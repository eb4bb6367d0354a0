package dev.larder.jdbc.internal.waiting;

import dev.larder.invalidation.concurrent.DaemonThreads;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs something later, on daemon threads that end when there is nothing to do. Thread-safe. */
final class Alarm {

  private static final long IDLE_SECONDS = 10;
  private static final int CALLS_AT_ONCE = 4;

  private static final ScheduledThreadPoolExecutor CLOCK = clock();
  private static final ThreadPoolExecutor CALLS = calls();

  private Alarm() {}

  /** Runs at that time what takes no time itself. */
  static Future<?> in(long nanos, Runnable work) {
    return CLOCK.schedule(work, nanos, TimeUnit.NANOSECONDS);
  }

  /** The same for a call that may have to wait for the database. */
  static Future<?> callIn(long nanos, Runnable call) {
    return in(nanos, () -> CALLS.execute(call));
  }

  private static ScheduledThreadPoolExecutor clock() {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(1, DaemonThreads.named("larder-timeout"));
    clock.setRemoveOnCancelPolicy(true);
    clock.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    clock.allowCoreThreadTimeOut(true);
    return clock;
  }

  private static ThreadPoolExecutor calls() {
    ThreadPoolExecutor calls =
        new ThreadPoolExecutor(
            CALLS_AT_ONCE,
            CALLS_AT_ONCE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            DaemonThreads.named("larder-timeout"));
    calls.allowCoreThreadTimeOut(true);
    return calls;
  }
}
