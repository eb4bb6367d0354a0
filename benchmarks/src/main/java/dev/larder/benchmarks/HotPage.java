package dev.larder.benchmarks;

import dev.larder.jdbc.Statistics;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Four readers of one page of 1,000 rows, whose query takes some ten milliseconds, while ten
 * commits a second change it: what they wait for, with answers loaded ahead and without.
 *
 * @param time of each
 */
record HotPage(Duration time) {

  private static final int READERS = 4;
  private static final long BETWEEN_COMMITS_NANOS = 100_000_000;

  /** Of the readers that pause: two thousand requests a second by all four. */
  private static final long PAUSE_NANOS = 2_000_000;

  private static final String PAGE =
      "select p.id, p.title, (select count(*) from hot_page q where q.id <= p.id and q.id <= ?)"
          + " from hot_page p order by p.id";

  private static final int WORK = 30;

  List<Figure> measure(Target target) throws SQLException, InterruptedException {
    List<Figure> figures = new ArrayList<>();
    for (boolean pauses : new boolean[] {false, true}) {
      for (String refresh : List.of("off", "on")) {
        Properties settings = new Properties();
        settings.setProperty("larder.refresh", refresh);
        String name = "hot-page/" + (pauses ? "with pauses" : "without pauses") + "/" + refresh;
        try (Side.Opened opened = Side.LARDER.open(target, settings)) {
          prepare(opened);
          run(opened, pauses, time.dividedBy(4));
          Statistics before = opened.requireLarder().statistics();
          long[] nanos = run(opened, pauses, time);
          figures.addAll(figures(name, nanos, before, opened.requireLarder().statistics()));
        }
      }
    }
    return figures;
  }

  private static void prepare(Side.Opened opened) throws SQLException {
    try (Connection connection = opened.pool().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("drop table if exists hot_page");
      statement.execute("create table hot_page (id int primary key, title varchar(50))");
      statement.execute(
          "insert into hot_page select x, 'title ' || x from generate_series(1, 1000) x");
      statement.execute("analyze hot_page");
    }
  }

  private static List<Figure> figures(
      String name, long[] nanos, Statistics before, Statistics after) {
    Arrays.sort(nanos);
    long waits = Arrays.stream(nanos).filter(each -> each > 1_000_000).count();
    Statistics.Refreshes refreshes = after.refreshes();
    long loads = refreshes.loads() - before.refreshes().loads();
    long inVain = refreshes.inVain() - before.refreshes().inVain();
    Duration spent = refreshes.time().minus(before.refreshes().time());
    Duration saved = after.savings().saved().minus(before.savings().saved());
    return List.of(
        new Figure(name + "/reads", nanos.length, "reads"),
        new Figure(name + "/p50", at(nanos, 0.5) / 1e3, "us"),
        new Figure(name + "/p99", at(nanos, 0.99) / 1e3, "us"),
        new Figure(name + "/p99.9", at(nanos, 0.999) / 1e3, "us"),
        new Figure(name + "/longer than 1 ms", 100.0 * waits / nanos.length, "%"),
        new Figure(name + "/loaded ahead", loads, "loads"),
        new Figure(name + "/in vain", loads == 0 ? 0 : 100.0 * inVain / loads, "%"),
        new Figure(
            name + "/spent of what is saved",
            saved.isZero() ? 0 : 100.0 * spent.toNanos() / saved.toNanos(),
            "%"));
  }

  private static long at(long[] sorted, double part) {
    return sorted[(int) Math.min(sorted.length - 1, Math.round(sorted.length * part))];
  }

  /** How long each read took, in nanoseconds. */
  private static long[] run(Side.Opened opened, boolean pauses, Duration time)
      throws SQLException, InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    ExecutorService threads = Executors.newFixedThreadPool(READERS + 1);
    try {
      Future<Integer> writer = threads.submit(() -> write(opened, end));
      List<Future<long[]>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        Callable<long[]> reader = () -> read(opened, pauses, end);
        readers.add(threads.submit(reader));
      }
      long[] all = {};
      for (Future<long[]> each : readers) {
        long[] more = each.get();
        int before = all.length;
        all = Arrays.copyOf(all, before + more.length);
        System.arraycopy(more, 0, all, before, more.length);
      }
      writer.get();
      return all;
    } catch (ExecutionException failure) {
      throw new SQLException("a client failed: " + failure.getMessage(), failure.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private static int write(Side.Opened opened, long end) throws SQLException {
    int commits = 0;
    for (long next = System.nanoTime(); System.nanoTime() - end < 0; commits++) {
      try (Connection connection = opened.dataSource().getConnection();
          PreparedStatement update =
              connection.prepareStatement("update hot_page set title = ? where id = ?")) {
        update.setString(1, "title " + commits);
        update.setInt(2, 1 + commits % 1_000);
        update.executeUpdate();
      }
      next += BETWEEN_COMMITS_NANOS;
      LockSupport.parkNanos(Math.max(0, next - System.nanoTime()));
    }
    return commits;
  }

  private static long[] read(Side.Opened opened, boolean pauses, long end) throws SQLException {
    long[] nanos = new long[1 << 16];
    int count = 0;
    while (System.nanoTime() - end < 0) {
      long began = System.nanoTime();
      try (Connection connection = opened.dataSource().getConnection();
          PreparedStatement query = connection.prepareStatement(PAGE)) {
        query.setInt(1, WORK);
        try (ResultSet rows = query.executeQuery()) {
          rows.next();
          rows.getString(2);
        }
      }
      if (count == nanos.length) {
        nanos = Arrays.copyOf(nanos, count * 2);
      }
      nanos[count++] = System.nanoTime() - began;
      if (pauses) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    return Arrays.copyOf(nanos, count);
  }
}
