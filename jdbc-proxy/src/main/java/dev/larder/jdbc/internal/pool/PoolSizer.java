package dev.larder.jdbc.internal.pool;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.larder.invalidation.concurrent.PollingThread;
import dev.larder.jdbc.internal.settings.PoolSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a pool and moves its maximum to where {@link SizeSearch} says. Thread-safe; a connection
 * in use is never closed for it.
 */
final class PoolSizer implements AutoCloseable {

  /** Asks how many connections the server has to give. */
  @FunctionalInterface
  interface Server {
    ServerCapacity ask() throws SQLException;
  }

  private static final Logger log = LoggerFactory.getLogger(PoolSizer.class);

  private static final long LOOK_NANOS = Duration.ofMillis(10).toNanos();
  private static final long IDLE_LOOK_NANOS = Duration.ofMillis(100).toNanos();

  /** How long a new size is waited for; nothing is learnt in the meantime. */
  private static final long SETTLING_NANOS = Duration.ofMillis(500).toNanos();

  private static final long WINDOW_NANOS = Duration.ofMillis(500).toNanos();
  private static final long LONGEST_WINDOW_NANOS = Duration.ofSeconds(4).toNanos();
  private static final long ENOUGH_ANSWERS = 60;
  private static final long SERVER_NANOS = Duration.ofSeconds(5).toNanos();

  private final HikariDataSource pool;
  private final int first;
  private final int most;
  private final int nodes;
  private final int minimumIdle;
  private final LongSupplier answers;
  private final Server server;
  private final SizeSearch search;
  private final PollingThread thread;
  private volatile long decisions;
  private volatile SizeDecision latest;
  private int serversLimit;
  private long askServerAt;

  /**
   * @param answers how many connections came back so far
   */
  PoolSizer(HikariDataSource pool, PoolSettings settings, LongSupplier answers, Server server) {
    this.pool = pool;
    this.first = pool.getMaximumPoolSize();
    this.most = settings.adaptive().maximumSize();
    this.nodes = settings.adaptive().nodes();
    this.minimumIdle = settings.minimumIdle();
    this.answers = answers;
    this.server = server;
    int least = Math.max(settings.adaptive().minimumSize(), settings.minimumIdle());
    this.search = new SizeSearch(first, Math.min(least, first));
    this.serversLimit = most;
    this.latest = SizeDecision.stay(first);
    this.askServerAt = System.nanoTime();
    this.thread = new PollingThread(pool.getPoolName() + "-size", this::adapt, () -> {});
  }

  void start() {
    thread.start();
  }

  /** How many times the maximum was changed. */
  long decisions() {
    return decisions;
  }

  /** Why it is what it is. */
  String reason() {
    return latest.reason().toString();
  }

  private long adapt() {
    SizeWindow window = watch();
    if (!thread.isClosed()) {
      apply(window);
    }
    return 0;
  }

  private SizeWindow watch() {
    long start = System.nanoTime();
    long before = answers.getAsLong();
    double active = 0;
    double waiting = 0;
    double open = 0;
    int samples = 0;
    long elapsed;
    long answered;
    do {
      HikariPoolMXBean bean = pool.getHikariPoolMXBean();
      if (bean != null) {
        active += bean.getActiveConnections();
        waiting += bean.getThreadsAwaitingConnection();
        open += bean.getTotalConnections();
      }
      samples++;
      thread.pause(active + waiting == 0 ? IDLE_LOOK_NANOS : LOOK_NANOS);
      elapsed = System.nanoTime() - start;
      answered = answers.getAsLong() - before;
    } while (!thread.isClosed()
        && (elapsed < WINDOW_NANOS
            || (waiting > 0 && answered < ENOUGH_ANSWERS && elapsed < LONGEST_WINDOW_NANOS)));
    return new SizeWindow(
        answered * 1e9 / elapsed, active / samples, waiting / samples, open / samples);
  }

  private void apply(SizeWindow window) {
    int from = search.size();
    SizeDecision decision = search.decide(window, Math.min(most, serversLimit(window)));
    if (decision.changes(from)) {
      decisions++;
      latest = decision;
      log.info(
          "{}: {} connections at most instead of {}: {} ({} answers/s, {} in use, {} waiting)",
          pool.getPoolName(),
          decision.size(),
          from,
          decision.reason(),
          Math.round(window.answered()),
          Math.round(window.active()),
          Math.round(window.waiting()));
      pool.setMinimumIdle(Math.min(minimumIdle, decision.size()));
      pool.setMaximumPoolSize(decision.size());
      settle();
    }
  }

  /** Waits until what is missing is open and what is too many was closed as it came back. */
  private void settle() {
    long end = System.nanoTime() + SETTLING_NANOS;
    HikariPoolMXBean bean = pool.getHikariPoolMXBean();
    do {
      thread.pause(LOOK_NANOS);
    } while (!thread.isClosed()
        && System.nanoTime() - end < 0
        && bean != null
        && bean.getTotalConnections() != search.size()
        && bean.getThreadsAwaitingConnection() > 0);
  }

  /**
   * What the server can give to this pool: asked anew now and then, while it matters. A pool that
   * is not short of connections opens none to ask by.
   */
  private int serversLimit(SizeWindow window) {
    HikariPoolMXBean bean = pool.getHikariPoolMXBean();
    if (bean == null || window.waiting() == 0 || System.nanoTime() - askServerAt < 0) {
      return serversLimit;
    }
    askServerAt = System.nanoTime() + SERVER_NANOS;
    try {
      serversLimit = server.ask().limit(bean.getTotalConnections(), first, nodes);
    } catch (SQLException | RuntimeException e) {
      // Perhaps it has none left even to be asked by: no growth until it answers.
      log.debug("The server does not say how many connections it has left", e);
      serversLimit = Math.min(serversLimit, search.size());
    }
    return serversLimit;
  }

  @Override
  public void close() {
    thread.stop();
  }
}
