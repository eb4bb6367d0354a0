package dev.larder.examples.external;

import dev.larder.invalidation.SourceReport;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** A batch job changes a price; a price tag shows it. Prints a table, a line for each way. */
public final class Main {

  /**
   * One line of the table.
   *
   * @param median from a commit until the price tag showed it
   * @param share of the tag's reads that reached no database
   */
  record Line(Way way, int changes, Duration median, Duration longest, double share) {}

  private static final int CHANGES = 10;

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    System.out.printf(
        "%n%-10s %8s %14s %14s %12s%n",
        "way", "changes", "shown, median", "longest", "from memory");
    try (TestDatabase database = Databases.postgres()) {
      for (Line line : run(database, CHANGES)) {
        System.out.printf(
            Locale.ROOT,
            "%-10s %8d %11.1f ms %11.1f ms %11.1f%%%n",
            line.way().word,
            line.changes(),
            line.median().toNanos() / 1e6,
            line.longest().toNanos() / 1e6,
            100 * line.share());
      }
    }
    // A pool's threads may outlive the work by a moment.
    System.exit(0);
  }

  static List<Line> run(TestDatabase database, int changes) throws Exception {
    database.execute(
        "create table book (id int primary key, price int not null)",
        "insert into book values (1, 0)");
    List<Line> lines = new ArrayList<>();
    for (Way way : Way.values()) {
      database.execute("update book set price = 0");
      try (LarderDataSource larder = way.over(database);
          PriceTag tag = new PriceTag(larder);
          Connection batchJob = database.connect()) {
        tag.await(0);
        awaitSource(larder);
        awaitHit(larder);
        lines.add(line(way, larder, tag, batchJob, changes));
      }
    }
    return lines;
  }

  private static Line line(
      Way way, LarderDataSource larder, PriceTag tag, Connection batchJob, int changes)
      throws Exception {
    List<Duration> times = new ArrayList<>();
    long hits = larder.statistics().hits();
    long reads = tag.reads();
    try (Statement statement = batchJob.createStatement()) {
      for (int i = 1; i <= changes; i++) {
        statement.executeUpdate("update book set price = " + i + " where id = 1");
        long committed = System.nanoTime();
        tag.await(i);
        times.add(Duration.ofNanos(System.nanoTime() - committed));
      }
    }
    double share = (double) (larder.statistics().hits() - hits) / (tag.reads() - reads);
    times.sort(null);
    return new Line(way, changes, times.get(changes / 2), times.get(changes - 1), share);
  }

  /** Until then the bound holds: right as well. */
  private static void awaitSource(LarderDataSource larder) {
    List<SourceReport> sources = larder.invalidation().sources();
    while (sources.stream().anyMatch(s -> s.state() != SourceReport.State.COVERING)) {
      LockSupport.parkNanos(1_000_000);
      sources = larder.invalidation().sources();
    }
  }

  /** What a source sets up is a change of definitions, which forgets what was read before. */
  private static void awaitHit(LarderDataSource larder) {
    long hits = larder.statistics().hits();
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (larder.statistics().hits() == hits && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(1_000_000);
    }
  }
}
