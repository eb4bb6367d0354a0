package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Setting;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Symptom: a connection that another thread closed or aborted while it waited for the pool kept the
 * physical connection that came after all, for ever; after some minutes of such a load the pool had
 * none left.
 */
class ClosedWhileWaitingForThePoolTest {

  private static final int POOL = 2;
  private static final int CLIENTS = 8;
  private static final int TURNS = 25;
  private static final long SEED = Long.getLong("larder.test.seed", 2015);

  private static final AtomicInteger LEAST = new AtomicInteger();

  @EachDatabase
  void whatArrivesTooLateIsGivenBackAtOnce(TestDatabase database) throws Exception {
    try (LarderDataSource larder = larder(database)) {
      for (boolean abort : new boolean[] {false, true}) {
        List<Connection> holders = new ArrayList<>();
        for (int i = 0; i < POOL; i++) {
          holders.add(larder.getConnection());
          holders.get(i).setAutoCommit(false);
          count(holders.get(i), fresh());
        }
        Connection waiting = larder.getConnection();
        Future<Integer> answer = inBackground(() -> count(waiting, fresh()));
        until("it waits", () -> larder.statistics().pool().waiting() == 1);
        if (abort) {
          waiting.abort(Runnable::run);
        } else {
          waiting.close();
        }
        assertThat(answer)
            .failsWithin(10, TimeUnit.SECONDS)
            .withThrowableThat()
            .havingCause()
            .isInstanceOf(SQLException.class);
        for (Connection holder : holders) {
          holder.rollback();
          holder.close();
        }
        until("all are back", () -> larder.statistics().pool().active() == 0);
      }
    }
  }

  @EachDatabase
  void closesAtRandomLeaveNothingBehind(TestDatabase database) throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (LarderDataSource larder = larder(database)) {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Random random = new Random(SEED + i);
        clients.add(
            threads.submit(
                () -> {
                  start.await();
                  for (int turn = 0; turn < TURNS; turn++) {
                    turn(larder, random, threads);
                  }
                  return null;
                }));
      }
      start.countDown();
      for (Future<?> client : clients) {
        client.get(60, TimeUnit.SECONDS);
      }
      until("all are back", () -> larder.statistics().pool().active() == 0);
      List<Connection> all = new ArrayList<>();
      for (int i = 0; i < POOL; i++) {
        Connection connection = larder.getConnection();
        connection.setAutoCommit(false);
        assertThat(count(connection, fresh())).isEqualTo(3);
        all.add(connection);
      }
      for (Connection connection : all) {
        connection.close();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** One client runs a statement while another thread ends its connection at some moment. */
  private static void turn(LarderDataSource larder, Random random, ExecutorService threads)
      throws Exception {
    int least = fresh();
    long pause = random.nextInt(3_000_000);
    int how = random.nextInt(3);
    boolean transaction = random.nextBoolean();
    Connection connection = larder.getConnection();
    Future<Integer> answer =
        threads.submit(
            () -> {
              if (transaction) {
                connection.setAutoCommit(false);
              }
              return count(connection, least);
            });
    LockSupport.parkNanos(pause);
    switch (how) {
      case 0 -> connection.close();
      case 1 -> connection.abort(Runnable::run);
      default -> {
        // Its own thread is done first.
      }
    }
    try {
      assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(3);
    } catch (ExecutionException ended) {
      assertThat(ended.getCause()).isInstanceOf(SQLException.class);
      assertThat(how).as("nobody ended it: %s", ended).isNotEqualTo(2);
    }
    connection.close();
  }

  private static LarderDataSource larder(TestDatabase database) {
    database.execute(
        "create table book (id int primary key)", "insert into book values (1), (2), (3)");
    LarderDataSource larder =
        LarderDataSource.builder()
            .url(database.url())
            .username(database.username())
            .password(database.password())
            .setting(Setting.POOL_MAXIMUM_SIZE, String.valueOf(POOL))
            .build();
    try (Connection first = larder.getConnection()) {
      assertThat(count(first, fresh())).isEqualTo(3);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    return larder;
  }

  /** A number that no query was asked with before, so that memory has no answer. */
  private static int fresh() {
    return LEAST.decrementAndGet();
  }

  private static int count(Connection connection, int least) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from book where id > " + least)) {
      assertThat(row.next()).isTrue();
      return row.getInt(1);
    }
  }

  private static <T> Future<T> inBackground(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  private static void until(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("waited too long until %s", what).isLessThan(deadline);
      LockSupport.parkNanos(2_000_000);
    }
  }
}
