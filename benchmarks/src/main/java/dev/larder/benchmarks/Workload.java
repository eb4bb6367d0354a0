package dev.larder.benchmarks;

import dev.larder.jdbc.Statistics;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.util.SampleBuffer;

/**
 * Users of the {@link Market}, each a thread that makes one request after the other without a
 * pause, and on demand a writer that changes prices so many times a second. Immutable; used by one
 * thread.
 *
 * @param users how many at once
 * @param writesPerMille how many of 1,000 requests write
 * @param pricesPerSecond how many prices another thread changes, at most; 0 for none
 */
record Workload(int users, int writesPerMille, int pricesPerSecond, Duration measured) {

  private static final long SEED = 42;

  /**
   * What was measured, between the end of the warm-up and the end.
   *
   * @param requests made by the users
   * @param prices changed by the other thread
   * @param statements that reached the database, the other thread's included
   * @param hits reads answered from memory or by another user's execution
   * @param latency of the users' requests, in nanoseconds
   */
  record Outcome(
      Duration elapsed, long requests, long prices, long statements, long hits, SampleBuffer latency) {

    double perSecond() {
      return requests / (elapsed.toNanos() / 1e9);
    }

    double percentileMicros(double percentile) {
      return latency.getStatistics(1e-3).getPercentile(percentile);
    }

    double meanMicros() {
      return latency.getStatistics(1e-3).getMean();
    }

    /** The share of all statements that the database was spared. */
    double relieved() {
      return Math.max(0, 1 - statements / (double) (requests + prices));
    }
  }

  /** Warms up for half the time, then measures. */
  Outcome run(Target target, Side side) throws SQLException, InterruptedException {
    Market.build(target);
    try (Side.Opened opened = side.open(target)) {
      return run(new Market(opened.dataSource()), opened);
    }
  }

  private Outcome run(Market market, Side.Opened opened) throws SQLException, InterruptedException {
    long start = System.nanoTime();
    Window window =
        new Window(
            start + measured.dividedBy(2).toNanos(),
            start + measured.dividedBy(2).plus(measured).toNanos());
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<Share>> shares = new ArrayList<>();
      for (int user = 0; user < users; user++) {
        SplittableRandom random = new SplittableRandom(SEED + user);
        shares.add(threads.submit(() -> requests(market, random, window)));
      }
      Future<Long> prices = threads.submit(() -> prices(market, window));
      LockSupport.parkNanos(window.begin - System.nanoTime());
      Statistics before = statistics(opened);
      LockSupport.parkNanos(window.end - System.nanoTime());
      Statistics after = statistics(opened);
      return outcome(shares, prices, window, before, after);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Between which two moments requests count, by {@link System#nanoTime()}. */
  private record Window(long begin, long end) {}

  private record Share(long requests, SampleBuffer latency) {}

  private Share requests(Market market, SplittableRandom random, Window window)
      throws SQLException {
    SampleBuffer latency = new SampleBuffer();
    Sink sink = new Sink();
    long requests = 0;
    long asked = System.nanoTime();
    while (asked - window.end < 0) {
      if (random.nextInt(1_000) < writesPerMille) {
        market.write(random);
      } else {
        market.read(random, sink);
      }
      long answered = System.nanoTime();
      if (asked - window.begin >= 0) {
        latency.add(answered - asked);
        requests++;
      }
      asked = answered;
    }
    return new Share(requests, latency);
  }

  private long prices(Market market, Window window) throws SQLException {
    if (pricesPerSecond == 0) {
      return 0;
    }
    SplittableRandom random = new SplittableRandom(SEED - 1);
    long changed = 0;
    long next = System.nanoTime();
    while (next - window.end < 0) {
      market.changePrice(random);
      changed += next - window.begin >= 0 ? 1 : 0;
      // A writer that fell behind does not catch up in a burst.
      next = Math.max(next + 1_000_000_000L / pricesPerSecond, System.nanoTime());
      while (System.nanoTime() - next < 0) {
        LockSupport.parkNanos(next - System.nanoTime());
      }
    }
    return changed;
  }

  private static Outcome outcome(
      List<Future<Share>> shares,
      Future<Long> prices,
      Window window,
      Statistics before,
      Statistics after)
      throws SQLException, InterruptedException {
    SampleBuffer latency = new SampleBuffer();
    long requests = 0;
    for (Future<Share> share : shares) {
      requests += result(share).requests();
      latency.addAll(result(share).latency());
    }
    long changed = result(prices);
    boolean counted = after != Statistics.NONE;
    return new Outcome(
        Duration.ofNanos(window.end - window.begin),
        requests,
        changed,
        counted
            ? after.statementsToDatabase() - before.statementsToDatabase()
            : requests + changed,
        after.hits() + after.joinedFlights() - before.hits() - before.joinedFlights(),
        latency);
  }

  private static <T> T result(Future<T> future) throws SQLException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException failure) {
      throw new SQLException("a request failed: " + failure.getMessage(), failure.getCause());
    }
  }

  private static Statistics statistics(Side.Opened opened) {
    return opened.larder() == null ? Statistics.NONE : opened.requireLarder().statistics();
  }

  /** Keeps what was read from being optimised away. */
  private static final class Sink implements Consumer<Object> {
    volatile @Nullable Object last;

    @Override
    public void accept(@Nullable Object value) {
      last = value;
    }
  }
}
