package dev.larder.jdbc.protocol;

import static dev.larder.jdbc.protocol.Sql.one;
import static dev.larder.jdbc.protocol.Sql.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** Joining another caller's load of the same query. */
final class SingleFlightTest {

  private static final int CALLERS = 16;

  private Shelf shelf;
  private ExecutorService threads;

  @BeforeEach
  void aTableThatTakesLongToJoin(TestDatabase database) {
    shelf = new Shelf(database, "larder.pool.maximum-size", "20");
    threads = Executors.newFixedThreadPool(CALLERS);
    String rows =
        switch (database.product()) {
          case POSTGRESQL -> "select n from generate_series(1, 1500) n";
          case MARIADB -> "select seq from seq_1_to_1500";
          case MYSQL ->
              "with recursive n (i) as (select 1 union all select i + 1 from n where i < 750)"
                  + " select i from n union all select i + 750 from n";
          case H2 -> "select x from system_range(1, 1500)";
        };
    database.execute("create table many (n int)", "insert into many " + rows);
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    shelf.close();
  }

  /** Unequal by its literal, so that nobody else's statistics count. */
  private static String slow(int tag) {
    return "select count(*) from many a, many b where a.n + b.n * 2 > " + tag;
  }

  /** The server tells its count of a session's scans ten seconds after the session fell idle. */
  @Tag("long")
  @EachDatabase(Product.POSTGRESQL)
  void sixteenCallersCauseOneExecution(TestDatabase database) throws Exception {
    // The database counts: a scan of each of the two sides for each execution.
    String scans = "select seq_scan from pg_stat_user_tables where relname = 'many'";
    long before = scans(database, scans);
    List<String> answers = together(slow(7));
    assertThat(answers).hasSize(CALLERS).containsOnly("2249991");
    Shelf.until("the statistics are told", () -> scans(database, scans) > before);
    assertThat(scans(database, scans) - before).isEqualTo(2);
    assertThat(shelf.readers.statistics().joinedFlights() + shelf.readers.statistics().hits())
        .isEqualTo(CALLERS - 1);
  }

  private static long scans(TestDatabase database, String sql) throws SQLException {
    try (Connection raw = database.connect()) {
      return Long.parseLong(one(raw, sql));
    }
  }

  @EachDatabase
  void sixteenCallersSendOneStatement(TestDatabase database) throws Exception {
    shelf.keep(Sql.TITLE);
    long before = shelf.readers.statistics().statementsToDatabase();
    assertThat(together(slow(7))).hasSize(CALLERS).containsOnly("2249991");
    assertThat(shelf.readers.statistics().statementsToDatabase() - before).isOne();
  }

  private List<String> together(String sql) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    List<Future<String>> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      callers.add(
          threads.submit(
              () -> {
                start.await();
                return shelf.read(sql);
              }));
    }
    start.countDown();
    List<String> answers = new ArrayList<>();
    for (Future<String> caller : callers) {
      answers.add(caller.get());
    }
    return answers;
  }

  @EachDatabase({Product.POSTGRESQL, Product.MARIADB, Product.MYSQL})
  void nobodyJoinsALoadWhoseStampIsNoLongerCurrent(TestDatabase database) throws Exception {
    shelf.keep(Sql.TITLE);
    String sleeping = slow(9);
    // The load waits for a lock on the table until the test lets it go on.
    try (Connection locker = database.connect()) {
      if (database.product() == Product.POSTGRESQL) {
        locker.setAutoCommit(false);
        run(locker, "lock table many in access exclusive mode");
      } else {
        run(locker, "lock tables many write");
      }
      Future<String> leader = threads.submit(() -> shelf.read(sleeping));
      Shelf.until("the leader waits", () -> waiting(database) == 1);
      Future<String> joiner = threads.submit(() -> shelf.read(sleeping));
      // A change that the leader's query may not have seen.
      shelf.writers.invalidation().table("many");
      Future<String> later = threads.submit(() -> shelf.read(sleeping));
      Shelf.until("the later one runs by itself", () -> waiting(database) == 2);
      if (database.product() == Product.POSTGRESQL) {
        locker.commit();
      } else {
        run(locker, "unlock tables");
      }
      assertThat(List.of(leader.get(), joiner.get(), later.get())).containsOnly("2249984");
    }
  }

  private static long waiting(TestDatabase database) throws SQLException {
    try (Connection raw = database.connect()) {
      return Long.parseLong(
          one(
              raw,
              database.product() == Product.POSTGRESQL
                  ? "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                      + " and datname = current_database()"
                  : "select count(*) from information_schema.processlist where db = database()"
                      + " and state like 'Waiting for table%'"));
    }
  }

  @EachDatabase(Product.POSTGRESQL)
  void aLoadThatFailsLeavesNobodyWaiting(TestDatabase database) throws Exception {
    shelf.keep(Sql.TITLE);
    String sql = slow(11);
    try (Connection locker = database.connect();
        Connection c = shelf.readers.getConnection();
        Statement statement = c.createStatement()) {
      locker.setAutoCommit(false);
      run(locker, "lock table many in access exclusive mode");
      CompletableFuture<Boolean> leader =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  statement.executeQuery(sql);
                  return true;
                } catch (SQLException cancelled) {
                  return false;
                }
              },
              threads);
      Shelf.until("the leader waits", () -> waiting(database) == 1);
      Future<String> joiner = threads.submit(() -> shelf.read(sql));
      statement.cancel();
      assertThat(leader.get()).isFalse();
      Shelf.until("the other runs by itself", () -> waiting(database) == 1);
      locker.commit();
      assertThat(joiner.get()).isEqualTo("2249975");
      assertThat(one(c, Sql.TITLE)).isEqualTo("v1");
    }
  }

  @EachDatabase(Product.POSTGRESQL)
  void aCancelledWriteLeavesNothingOpen(TestDatabase database) throws Exception {
    shelf.keep(Sql.TITLE);
    try (Connection locker = database.connect();
        Connection c = shelf.writers.getConnection();
        Statement statement = c.createStatement()) {
      locker.setAutoCommit(false);
      run(locker, "update book set title = 'locked'");
      Future<?> writing =
          threads.submit(() -> statement.executeUpdate("update book set title = 'v2'"));
      Shelf.until("it waits", () -> waiting(database) == 1);
      shelf.assertNotStored(() -> shelf.read(Sql.TITLE));
      statement.cancel();
      assertThatThrownBy(writing::get).hasCauseInstanceOf(SQLException.class);
      locker.rollback();
      shelf.keep(Sql.TITLE);
      assertThat(shelf.read(Sql.TITLE)).isEqualTo("v1");
    }
  }
}
