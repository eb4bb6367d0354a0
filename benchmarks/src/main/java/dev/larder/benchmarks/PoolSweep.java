package dev.larder.benchmarks;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Setting;
import dev.larder.jdbc.Statistics;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.util.SampleBuffer;

/**
 * A pool that finds its size against pools of fixed sizes, for three workloads. Nothing is answered
 * from memory. Immutable; used by one thread.
 *
 * @param clients threads that ask without a pause
 * @param measured how long a pool is measured in each turn, and half of it to find the best fixed
 *     size; a workload that changes does so in the middle
 * @param turns how many times the adaptive pool and the best of the others are compared, one after
 *     the other each time: a machine that others use too is faster now and slower then
 */
record PoolSweep(int clients, Duration measured, int turns) {

  private static final int[] FIXED = {4, 8, 16, 32, 64};

  /** To open connections and compile the statements. */
  private static final Duration WARM_UP = Duration.ofSeconds(1);

  /**
   * What an adaptive pool has to find its size, from ten: opening connections takes its time where
   * database and clients share two processors.
   */
  private static final Duration SEARCH = Duration.ofSeconds(20);

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final String SHORT = "select name, price from item where id = ?";
  private static final String LONG = "select pg_sleep(0.02), ?";

  /** What is asked in the first half, and in the second. */
  private enum Kind {
    SHORT_QUERIES("short queries", false, false),
    LONG_QUERIES("long queries", true, true),
    CHANGING("short queries, then long ones", false, true);

    final String title;
    final boolean longFirst;
    final boolean longLater;

    Kind(String title, boolean longFirst, boolean longLater) {
      this.title = title;
      this.longFirst = longFirst;
      this.longLater = longLater;
    }
  }

  private record Outcome(double perSecond, SampleBuffer latency, List<SizeChart.Point> sizes) {

    /** Of runs that took equally long. */
    static Outcome of(List<Outcome> runs) {
      SampleBuffer latency = new SampleBuffer();
      double sum = 0;
      for (Outcome run : runs) {
        latency.addAll(run.latency());
        sum += run.perSecond();
      }
      return new Outcome(sum / runs.size(), latency, runs.get(0).sizes());
    }
  }

  /**
   * Measures all of it.
   *
   * @param chart where the sizes over time are drawn
   */
  List<Figure> measure(Target target, Path chart)
      throws SQLException, InterruptedException, IOException {
    List<Figure> figures = new ArrayList<>();
    Map<String, List<SizeChart.Point>> lines = new LinkedHashMap<>();
    for (Kind kind : Kind.values()) {
      String name = "pool/" + kind.title + "/";
      int best = 0;
      double most = 0;
      for (int size : FIXED) {
        Outcome outcome = run(target, kind, size, false, measured.dividedBy(2));
        figures.addAll(figures(name + "fixed at " + size, outcome));
        if (outcome.perSecond() > most) {
          most = outcome.perSecond();
          best = size;
        }
      }
      // The best of several is best by luck too: only its next runs are compared.
      List<Outcome> adaptiveTurns = new ArrayList<>();
      List<Outcome> bestTurns = new ArrayList<>();
      for (int turn = 0; turn < turns; turn++) {
        adaptiveTurns.add(run(target, kind, 10, true, measured));
        bestTurns.add(run(target, kind, best, false, measured));
      }
      Outcome adaptive = Outcome.of(adaptiveTurns);
      Outcome again = Outcome.of(bestTurns);
      figures.addAll(figures(name + "the best of these again", again));
      figures.addAll(figures(name + "adaptive", adaptive));
      figures.add(
          new Figure(
              name + "adaptive/of the best fixed",
              adaptive.perSecond() / again.perSecond(),
              "ratio"));
      figures.add(
          new Figure(
              name + "adaptive/p99 by that of the best", tail(adaptive) / tail(again), "ratio"));
      lines.put(kind.title, adaptive.sizes());
    }
    SizeChart.write(chart, lines);
    return figures;
  }

  private static List<Figure> figures(String name, Outcome outcome) {
    return List.of(
        new Figure(name + "/requests per second", outcome.perSecond(), "1/s"),
        new Figure(name + "/p99", tail(outcome), "us"));
  }

  private static double tail(Outcome outcome) {
    return outcome.latency().getStatistics(1e-3).getPercentile(99);
  }

  private Outcome run(Target target, Kind kind, int size, boolean adaptive, Duration duration)
      throws SQLException, InterruptedException {
    try (LarderDataSource larder =
        LarderDataSource.builder()
            .url(target.url())
            .username(target.username())
            .password(target.password())
            .setting(Setting.ENABLED, "false")
            .setting(Setting.POOL_MAXIMUM_SIZE, Integer.toString(size))
            .setting(Setting.POOL_ADAPTIVE, Boolean.toString(adaptive))
            .build()) {
      return run(larder, kind, adaptive ? SEARCH : WARM_UP, duration);
    }
  }

  /** What is measured after the warm-up, in nanoseconds; the load changes in the middle. */
  private record Span(long from, long middle, long end) {}

  private Outcome run(LarderDataSource larder, Kind kind, Duration warmUp, Duration duration)
      throws SQLException, InterruptedException {
    long start = System.nanoTime();
    long from = start + warmUp.toNanos();
    Span measured = new Span(from, from + duration.toNanos() / 2, from + duration.toNanos());
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      List<Future<SampleBuffer>> results = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        SplittableRandom random = new SplittableRandom(i);
        Callable<SampleBuffer> client = () -> ask(larder, kind, random, measured);
        results.add(threads.submit(client));
      }
      List<SizeChart.Point> sizes = sizes(larder, start, measured.end());
      SampleBuffer latency = new SampleBuffer();
      for (Future<SampleBuffer> result : results) {
        latency.addAll(result.get());
      }
      return new Outcome(latency.count() / (duration.toNanos() / 1e9), latency, sizes);
    } catch (ExecutionException failure) {
      throw new SQLException("a client failed: " + failure.getMessage(), failure.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private static SampleBuffer ask(
      LarderDataSource larder, Kind kind, SplittableRandom random, Span measured)
      throws SQLException {
    SampleBuffer latency = new SampleBuffer();
    long begun = System.nanoTime();
    while (begun < measured.end()) {
      boolean slow = begun < measured.middle() ? kind.longFirst : kind.longLater;
      try (Connection connection = larder.getConnection();
          PreparedStatement statement = connection.prepareStatement(slow ? LONG : SHORT)) {
        statement.setInt(1, random.nextInt(1, 1_000));
        try (ResultSet rows = statement.executeQuery()) {
          rows.next();
        }
      }
      long now = System.nanoTime();
      if (begun >= measured.from() && now < measured.end()) {
        latency.add(now - begun);
      }
      begun = now;
    }
    return latency;
  }

  private static List<SizeChart.Point> sizes(LarderDataSource larder, long start, long end)
      throws InterruptedException {
    List<SizeChart.Point> points = new ArrayList<>();
    for (long now = start; now < end; now = System.nanoTime()) {
      Statistics.Pool pool = larder.statistics().pool();
      points.add(new SizeChart.Point((now - start) / 1e9, pool.maximum()));
      TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
    }
    return points;
  }
}
