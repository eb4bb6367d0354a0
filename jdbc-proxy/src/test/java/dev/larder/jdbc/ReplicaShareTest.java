package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.Databases;
import dev.larder.testkit.PostgresCluster;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How many of the reads that reach a database replicas answer, by how often the table they read is
 * written. Prints a table; none of the reads is asked twice.
 */
final class ReplicaShareTest {

  private static final int READERS = 3;
  private static final int ROWS = 1_000;
  private static final int[] COMMITS_PER_SECOND = {0, 1, 10, 100, 1_000};
  private static final long SECONDS = 4;

  /** Followed by the row: another row's change does not touch it. */
  private static final String BY_KEY = "select n from book where id = ? and n < ?";

  /** Followed by the table: each change touches it. */
  private static final String BY_RANGE =
      "select n from book where id >= ? and n < ? order by id limit 1";

  private final AtomicLong unique = new AtomicLong(1_000_000);
  private final AtomicLong reads = new AtomicLong();
  private final AtomicLong commits = new AtomicLong();
  private final Queue<Exception> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean over;

  @Test
  @Tag("long")
  void byWriteShare() throws InterruptedException {
    PostgresCluster cluster = Databases.postgresCluster();
    try (TestDatabase database = cluster.fresh()) {
      database.execute(
          "create table book (id int primary key, n bigint not null)",
          "insert into book select i, i from generate_series(1, " + ROWS + ") i");
      cluster.awaitCaughtUp();
      System.out.println("| read | commits per second | reads per commit | answered by replicas |");
      System.out.println("| --- | --- | --- | --- |");
      for (String query : List.of(BY_RANGE, BY_KEY)) {
        for (int rate : COMMITS_PER_SECOND) {
          try (LarderDataSource larder = Replicated.larder(cluster, database).build()) {
            Replicated.await(larder, 2);
            double share = share(larder, query, rate);
            System.out.printf(
                "| %s | %d | %s | %.1f %% |%n",
                query.equals(BY_KEY) ? "by key" : "by range",
                commits.get() / SECONDS,
                commits.get() == 0 ? "-" : Long.toString(reads.get() / commits.get()),
                100 * share);
            assertThat(failures).isEmpty();
            assertThat(rate > 0 || share > 0).isTrue();
          }
        }
      }
    }
  }

  private double share(LarderDataSource larder, String query, int rate)
      throws InterruptedException {
    over = false;
    reads.set(0);
    commits.set(0);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      threads.add(new Thread(() -> repeat(() -> read(larder, query))));
    }
    if (rate > 0) {
      long gap = TimeUnit.SECONDS.toNanos(1) / rate;
      threads.add(
          new Thread(
              () ->
                  repeat(
                      () -> {
                        write(larder);
                        TimeUnit.NANOSECONDS.sleep(gap);
                      })));
    }
    threads.forEach(Thread::start);
    threads.get(0).join(TimeUnit.SECONDS.toMillis(SECONDS));
    over = true;
    for (Thread thread : threads) {
      thread.join();
    }
    return Replicated.reads(larder) / (double) reads.get();
  }

  private interface Step {
    void run() throws SQLException, InterruptedException;
  }

  private void repeat(Step step) {
    while (!over && failures.isEmpty()) {
      try {
        step.run();
      } catch (SQLException | InterruptedException | RuntimeException e) {
        failures.add(e);
      }
    }
  }

  private void read(LarderDataSource larder, String query) throws SQLException {
    try (Connection connection = larder.getConnection();
        PreparedStatement statement = connection.prepareStatement(query)) {
      long unlike = unique.incrementAndGet();
      statement.setLong(1, unlike % ROWS + 1);
      statement.setLong(2, unlike);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
      }
    }
    reads.incrementAndGet();
  }

  private void write(LarderDataSource larder) throws SQLException {
    try (Connection connection = larder.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("update book set n = n + 1 where id = ?")) {
      statement.setLong(1, unique.incrementAndGet() % ROWS + 1);
      statement.executeUpdate();
    }
    commits.incrementAndGet();
  }
}
