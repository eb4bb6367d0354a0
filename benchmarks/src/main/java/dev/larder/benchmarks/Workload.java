package dev.larder.benchmarks;

import dev.larder.jdbc.Statistics;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
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

  /** What each user does at least, however slow the machine is. */
  private static final int LEAST_REQUESTS = 20;

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
      Duration elapsed,
      long requests,
      long prices,
      long statements,
      long hits,
      SampleBuffer latency) {

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

  /** Asks for everything once, warms up for half the time, then measures. */
  Outcome run(Target target, Side side) throws SQLException, InterruptedException {
    Market.build(target);
    try (Side.Opened opened = side.open(target)) {
      Market market = new Market(opened.dataSource());
      market.readAll(new Sink());
      return run(market, opened);
    }
  }

  private Outcome run(Market market, Side.Opened opened) throws SQLException, InterruptedException {
    Round round = new Round(opened, users + (pricesPerSecond > 0 ? 1 : 0));
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<Share>> shares = new ArrayList<>();
      for (int user = 0; user < users; user++) {
        SplittableRandom random = new SplittableRandom(SEED + user);
        shares.add(threads.submit(round.guarded(() -> requests(market, random, round))));
      }
      Future<Long> prices =
          pricesPerSecond > 0
              ? threads.submit(round.guarded(() -> prices(market, round)))
              : CompletableFuture.completedFuture(0L);
      return outcome(shares, prices, round);
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * When to warm up and when to measure. All threads pass from one to the other together, so that
   * what is counted below them is theirs of the measured time, to the statement.
   */
  private final class Round {
    private final Side.Opened opened;
    private final CyclicBarrier warm;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final long warmAt = System.nanoTime() + measured.dividedBy(2).toNanos();
    private volatile Statistics before = Statistics.NONE;
    private volatile long begun;

    Round(Side.Opened opened, int threads) {
      this.opened = opened;
      this.warm =
          new CyclicBarrier(
              threads,
              () -> {
                before = statistics(opened);
                begun = System.nanoTime();
              });
    }

    boolean isWarmingUp() {
      return System.nanoTime() - warmAt < 0;
    }

    boolean isMeasuring() {
      return System.nanoTime() - begun < measured.toNanos();
    }

    /** A failure of one thread ends them all. */
    <T> Callable<T> guarded(Callable<T> work) {
      return () -> {
        try {
          return work.call();
        } catch (Exception e) {
          failure.compareAndSet(null, e);
          warm.reset();
          throw e;
        }
      };
    }

    <T> T result(Future<T> future) throws SQLException, InterruptedException {
      try {
        return future.get();
      } catch (ExecutionException e) {
        Throwable first = failure.get();
        throw new SQLException("a request failed", first == null ? e : first);
      }
    }
  }

  private record Share(long requests, SampleBuffer latency) {}

  private Share requests(Market market, SplittableRandom random, Round round) throws Exception {
    Sink sink = new Sink();
    while (round.isWarmingUp()) {
      request(market, random, sink);
    }
    round.warm.await();
    SampleBuffer latency = new SampleBuffer();
    long requests = 0;
    while (requests < LEAST_REQUESTS || round.isMeasuring()) {
      long asked = System.nanoTime();
      request(market, random, sink);
      latency.add(System.nanoTime() - asked);
      requests++;
    }
    return new Share(requests, latency);
  }

  private void request(Market market, SplittableRandom random, Consumer<Object> sink)
      throws SQLException {
    if (random.nextInt(1_000) < writesPerMille) {
      market.write(random);
    } else {
      market.read(random, sink);
    }
  }

  private long prices(Market market, Round round) throws Exception {
    SplittableRandom random = new SplittableRandom(SEED - 1);
    while (round.isWarmingUp()) {
      paced(market, random);
    }
    round.warm.await();
    long changed = 0;
    while (changed == 0 || round.isMeasuring()) {
      paced(market, random);
      changed++;
    }
    return changed;
  }

  /** Changes a price; a writer that fell behind does not catch up in a burst. */
  private void paced(Market market, SplittableRandom random) throws SQLException {
    long next = System.nanoTime() + 1_000_000_000L / pricesPerSecond;
    market.changePrice(random);
    // Parking may end early, for no reason.
    for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static Outcome outcome(List<Future<Share>> shares, Future<Long> prices, Round round)
      throws SQLException, InterruptedException {
    SampleBuffer latency = new SampleBuffer();
    long requests = 0;
    for (Future<Share> share : shares) {
      requests += round.result(share).requests();
      latency.addAll(round.result(share).latency());
    }
    long ended = System.nanoTime();
    long changed = round.result(prices);
    Statistics before = round.before;
    Statistics after = statistics(round.opened);
    boolean counted = round.opened.larder() != null;
    return new Outcome(
        Duration.ofNanos(ended - round.begun),
        requests,
        changed,
        counted ? after.statementsToDatabase() - before.statementsToDatabase() : requests + changed,
        after.hits() + after.joinedFlights() - before.hits() - before.joinedFlights(),
        latency);
  }

  private static Statistics statistics(Side.Opened opened) {
    return opened.larder() == null ? Statistics.NONE : opened.requireLarder().statistics();
  }
}
