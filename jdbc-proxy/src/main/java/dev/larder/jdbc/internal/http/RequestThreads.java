package dev.larder.jdbc.internal.http;

import com.sun.net.httpserver.HttpServer;
import dev.larder.invalidation.concurrent.DaemonThreads;
import java.io.IOException;
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
public final class RequestThreads implements Executor, AutoCloseable {

  private static final int MOST = 8;
  private static final int WAITING = 32;
  private static final ThreadLocal<@Nullable Request> CURRENT = new ThreadLocal<>();

  private final long limitNanos;
  private final ThreadPoolExecutor workers;
  private final ScheduledExecutorService clock;
  private final Queue<Request> running = new ConcurrentLinkedQueue<>();

  private final String name;

  /**
   * @param name of the threads
   * @param limit how long a request may take, without what the answer itself takes
   */
  public RequestThreads(String name, Duration limit) {
    this.name = name;
    this.limitNanos = limit.toNanos();
    this.workers =
        new ThreadPoolExecutor(
            MOST,
            MOST,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            DaemonThreads.named(name));
    this.clock = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named(name + "-clock"));
  }

  /** A request that is being read or answered. */
  private static final class Request {
    private final Thread thread = Thread.currentThread();
    private boolean over;
    private boolean calling;
    private volatile boolean allowed;

    /** Not while the answer is made, for which no client can be blamed. */
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

  /** Lets a server listen, on these threads; its own thread is a daemon as what starts it is. */
  public void serve(HttpServer server) throws IOException {
    server.setExecutor(this);
    Thread starter = DaemonThreads.named(name + "-start").newThread(server::start);
    starter.start();
    try {
      starter.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
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
  public <T> T call(Supplier<T> answer) {
    Request request = CURRENT.get();
    if (request == null) {
      return answer.get();
    }
    request.allowed = true;
    request.calling(true);
    try {
      return answer.get();
    } finally {
      request.calling(false);
      // The time that the answer took is not the client's.
      clock.schedule(request::cut, limitNanos, TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void close() {
    workers.shutdownNow();
    clock.shutdownNow();
  }
}
