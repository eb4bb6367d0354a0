package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.Databases;
import dev.larder.testkit.PostgresCluster;
import dev.larder.testkit.PostgresReplica;
import dev.larder.testkit.PostgresServer;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Replicas that crash, hang, come back and are promoted while readers and a writer are at work: no
 * read fails, none is stale. Prints how long each took to leave and to return.
 */
final class ReplicaFailureTest {

  private static final int READERS = 4;
  private static final long HANG_MILLIS = 1_000;

  /** Reads before the first failure: connections are open and classes loaded. */
  private static final long WARM_UP = 2_000;

  private final AtomicLong reads = new AtomicLong();
  private final AtomicLong failedReads = new AtomicLong();
  private final AtomicLong slowestNanos = new AtomicLong();
  private final Queue<String> violations = new ConcurrentLinkedQueue<>();
  private final AtomicLong begun = new AtomicLong();
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong unique = new AtomicLong(1_000_000);
  private volatile boolean primaryIsUp = true;
  private volatile boolean over;

  @Test
  @Tag("long")
  void readersNoticeNothing() throws Exception {
    try (PostgresCluster cluster = Databases.postgresCluster(Map.of());
        TestDatabase database = cluster.fresh()) {
      database.execute(
          "create table counter (id int primary key, n bigint not null)",
          "insert into counter values (1, 0)",
          "create table book (id int primary key, n bigint not null)",
          "insert into book select i, i from generate_series(1, 1000) i");
      cluster.awaitCaughtUp();
      PostgresReplica one = cluster.replica(0);
      PostgresReplica two = cluster.replica(1);
      try (LarderDataSource larder = Replicated.larder(cluster, database).build()) {
        Replicated.await(larder, 2);
        List<Thread> threads = startWork(larder);
        await(larder, s -> reads.get() > WARM_UP);
        System.out.println(
            "| what | seconds to leave | seconds to return | failed reads | slowest |");
        System.out.println("| --- | --- | --- | --- | --- |");
        try {
          row(larder, 0, "kill one, start it again", one::kill, one::restart);
          row(larder, 1, "kill two, start it again", two::kill, two::restart);
          row(larder, 0, "hang one, let it go on", one::freeze, one::thaw);
          row(larder, 1, "hang two, let it go on", two::freeze, two::thaw);
          row(larder, 0, "restart one", one::restart, () -> {});
          row(larder, 1, "restart two", two::restart, () -> {});
          row(larder, 1, "promote two", two::promote, null);
          hangOfThePrimary(larder, cluster.primary());
          crashOfThePrimary(larder, cluster.primary());
          row(larder, 0, "promote one", one::promote, null);
        } finally {
          over = true;
          for (Thread thread : threads) {
            thread.join(60_000);
          }
        }
        assertThat(violations).isEmpty();
        assertThat(failedReads).hasValue(0);
        assertThat(reads.get()).isPositive();
        assertThat(larder.statistics().replicas())
            .allSatisfy(replica -> assertThat(replica.condition()).contains("promoted"));
      }
    }
  }

  private void row(
      LarderDataSource larder, int replica, String what, Runnable harm, @Nullable Runnable repair) {
    slowestNanos.set(0);
    long start = System.nanoTime();
    Thread breaker = new Thread(harm, "harm");
    breaker.start();
    await(larder, s -> s.replicas().get(replica).condition().startsWith("out"));
    double left = (System.nanoTime() - start) / 1e9;
    join(breaker);
    String returned = "-";
    if (repair != null) {
      long repaired = System.nanoTime();
      repair.run();
      await(larder, s -> !s.replicas().get(replica).condition().startsWith("out"));
      returned = "%.2f".formatted((System.nanoTime() - repaired) / 1e9);
      long before = larder.statistics().replicas().get(replica).reads();
      await(larder, s -> s.replicas().get(replica).reads() > before);
    }
    System.out.printf(
        "| %s | %.2f | %s | %d | %.2f s |%n",
        what, left, returned, failedReads.get(), slowestNanos.get() / 1e9);
  }

  private void crashOfThePrimary(LarderDataSource larder, PostgresServer primary) {
    primaryIsUp = false;
    primary.kill();
    primary.restart();
    long back = System.nanoTime();
    // Whoever reads next finds that out; nothing has to be told.
    await(larder, s -> answersWithoutError(larder));
    primaryIsUp = true;
    System.out.printf(
        "| crash of the primary | - | %.2f | - | - |%n", (System.nanoTime() - back) / 1e9);
    await(larder, s -> s.replicas().get(0).condition().equals("serving"));
    long before = larder.statistics().replicas().get(0).reads();
    await(larder, s -> s.replicas().get(0).reads() > before);
  }

  /** Reads that need it wait, and fail no more than it does. */
  private void hangOfThePrimary(LarderDataSource larder, PostgresServer primary)
      throws InterruptedException {
    slowestNanos.set(0);
    primary.freeze();
    Thread.sleep(HANG_MILLIS);
    primary.thaw();
    long on = System.nanoTime();
    long before = done.get();
    await(larder, s -> done.get() > before);
    System.out.printf(
        "| hang of the primary for a second | - | %.2f | %d | %.2f s |%n",
        (System.nanoTime() - on) / 1e9, failedReads.get(), slowestNanos.get() / 1e9);
  }

  private boolean answersWithoutError(LarderDataSource larder) {
    try (Connection connection = larder.getConnection()) {
      increment(connection);
      return true;
    } catch (SQLException stillDown) {
      return false;
    }
  }

  private static void await(LarderDataSource larder, Predicate<Statistics> condition) {
    long limit = System.nanoTime() + 60_000_000_000L;
    while (!condition.test(larder.statistics())) {
      assertThat(System.nanoTime()).as("%s", larder.statistics()).isLessThan(limit);
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join(60_000);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Thread> startWork(LarderDataSource larder) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      threads.add(new Thread(() -> readOn(larder), "reader-" + i));
    }
    threads.add(new Thread(() -> writeOn(larder), "writer"));
    threads.forEach(Thread::start);
    return threads;
  }

  private void readOn(LarderDataSource larder) {
    while (!over) {
      boolean wasUp = primaryIsUp;
      long start = System.nanoTime();
      try (Connection connection = larder.getConnection()) {
        long id = unique.incrementAndGet() % 1000 + 1;
        check(connection, "select n from book where id = ? and n < ?", id, id, id);
        long least = done.get();
        check(connection, "select n from counter where id = ? and n < ?", 1, least, Long.MAX_VALUE);
        reads.addAndGet(2);
        if (id % 4 == 0) {
          snapshot(connection);
        }
        slowestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
      } catch (SQLException e) {
        if (wasUp && primaryIsUp) {
          failedReads.incrementAndGet();
          violations.add(e + ", caused by " + e.getCause());
        }
      }
    }
  }

  private void check(Connection connection, String sql, long id, long least, long most)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, id);
      statement.setLong(2, unique.incrementAndGet());
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()
            || row.getLong(1) < least
            || row.getLong(1) > Math.min(most, begunFor(most))) {
          violations.add(sql + " with " + id + " is not between " + least + " and " + most);
        }
      }
    }
  }

  /** A replica that fails does not end a transaction that has read from it. */
  private void snapshot(Connection connection) throws SQLException {
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setAutoCommit(false);
    long least = done.get();
    long first = counter(connection);
    long most = begun.get();
    long second = counter(connection);
    connection.commit();
    connection.setAutoCommit(true);
    if (first < least || first > most || second != first) {
      violations.add("a snapshot: " + first + ", then " + second);
    }
    reads.addAndGet(2);
  }

  private long counter(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select n from counter where id = 1 and n < ?")) {
      statement.setLong(1, Long.MAX_VALUE - unique.incrementAndGet());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private long begunFor(long most) {
    return most == Long.MAX_VALUE ? begun.get() : most;
  }

  private void writeOn(LarderDataSource larder) {
    while (!over) {
      if (primaryIsUp) {
        try (Connection connection = larder.getConnection()) {
          increment(connection);
          Thread.sleep(20);
        } catch (SQLException e) {
          if (primaryIsUp) {
            violations.add("a write failed: " + e);
          }
        } catch (InterruptedException e) {
          return;
        }
      }
    }
  }

  private synchronized void increment(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("update counter set n = ? where id = 1")) {
      long next = begun.get() + 1;
      statement.setLong(1, next);
      begun.set(next);
      statement.executeUpdate();
      done.set(next);
    }
  }
}
