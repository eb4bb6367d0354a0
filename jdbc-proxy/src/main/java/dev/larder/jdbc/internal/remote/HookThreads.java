package dev.larder.jdbc.internal.remote;

import dev.larder.invalidation.concurrent.DaemonThreads;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads that requests are read and answered by: a bounded number of requests at a time, and a
 * bounded time for each. Thread-safe.
 *
 * <p>The JDK's server reads a request's line and headers on such a thread, as slowly as the client
 * sends them. Interrupting the thread closes the client's channel, which is the one way to end
 * that. Where there are too many, the one that has been without a token for longest makes room.
 */
final class HookThreads implements Executor, AutoCloseable {

  private static final int MOST = 8;
  private static final int WAITING = 32;
  private static final ThreadLocal<@Nullable Request> CURRENT = new ThreadLocal<>();

  private final long limitNanos;
  private final ThreadPoolExecutor workers;
  private final ScheduledExecutorService clock;
  private final Queue<Request> running = new ConcurrentLinkedQueue<>();

  /**
   * @param limit how long a request may take, without what the hook itself takes
   */
  HookThreads(Duration limit) {
    this.limitNanos = limit.toNanos();
    this.workers =
        new ThreadPoolExecutor(
            MOST,
            MOST,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            DaemonThreads.named("larder-hooks"));
    this.clock =
        Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("larder-hooks-clock"));
  }

  /** A request that is being read or answered. */
  private static final class Request {
    private final Thread thread = Thread.currentThread();
    private boolean over;
    private boolean calling;
    private volatile boolean allowed;

    /** Not while the hook is at work, for which no client can be blamed. */
    synchronized void cut() {
      if (!over && !calling) {
        thread.interrupt();
      }
    }

    synchronized void calling(boolean isCalling) {
      calling = isCalling;
    }

    synchronized void end() {
      over = true;
      // What came too late is not for the next request.
      Thread.interrupted();
    }
  }

  @Override
  public void execute(Runnable exchange) {
    if (workers.getActiveCount() >= MOST) {
      running.stream().filter(request -> !request.allowed).findFirst().ifPresent(Request::cut);
    }
    workers.execute(() -> run(exchange));
  }

  private void run(Runnable exchange) {
    Request request = new Request();
    running.add(request);
    CURRENT.set(request);
    Future<?> limit = clock.schedule(request::cut, limitNanos, TimeUnit.NANOSECONDS);
    try {
      exchange.run();
    } finally {
      limit.cancel(false);
      request.end();
      running.remove(request);
      CURRENT.remove();
    }
  }

  /** Runs what the request of this thread asks for, now that it has shown the token. */
  <T> T call(Supplier<T> hook) {
    Request request = CURRENT.get();
    if (request == null) {
      return hook.get();
    }
    request.allowed = true;
    request.calling(true);
    try {
      return hook.get();
    } finally {
      request.calling(false);
      // The time that the hook took is not the client's.
      clock.schedule(request::cut, limitNanos, TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void close() {
    workers.shutdownNow();
    clock.shutdownNow();
  }
}
