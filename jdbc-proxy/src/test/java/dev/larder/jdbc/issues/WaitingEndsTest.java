package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Setting;
import dev.larder.jdbc.Statistics;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Symptom: a statement that waited for another caller's load, for the pool or for the catalogue was
 * not ended by {@code cancel()}, nor by {@code close()} and {@code abort()} of another thread,
 * after which it could even return rows; and {@code setQueryTimeout(1)} ended it after two seconds
 * and more.
 */
class WaitingEndsTest {

  /** Far less than what would be waited for without an end. */
  private static final long SOON_NANOS = TimeUnit.SECONDS.toNanos(15);

  private static final AtomicInteger FRESH = new AtomicInteger();

  /** How another thread ends what waits. */
  private enum How {
    CANCEL,
    TIMEOUT,
    CLOSE_STATEMENT,
    CLOSE_CONNECTION,
    ABORT
  }

  /** A statement that is executed by a thread of its own. */
  private static final class Waiter implements AutoCloseable {
    final Connection connection;
    final Statement statement;
    final Thread thread;
    volatile @Nullable Throwable failure;
    volatile int rows = -1;
    volatile boolean wasInterrupted;
    volatile long tookNanos;

    Waiter(LarderDataSource larder, String sql, int timeout) throws SQLException {
      connection = larder.getConnection();
      statement = connection.createStatement();
      statement.setQueryTimeout(timeout);
      thread = new Thread(() -> run(sql), "waiter");
      thread.setDaemon(true);
      thread.start();
    }

    private void run(String sql) {
      long began = System.nanoTime();
      try (ResultSet result = statement.executeQuery(sql)) {
        result.next();
        rows = result.getInt(1);
      } catch (Throwable e) {
        failure = e;
      }
      tookNanos = System.nanoTime() - began;
      wasInterrupted = Thread.interrupted();
    }

    void end(How how) throws SQLException {
      switch (how) {
        case CANCEL -> statement.cancel();
        case TIMEOUT -> {
          // By itself.
        }
        case CLOSE_STATEMENT -> statement.close();
        case CLOSE_CONNECTION -> connection.close();
        case ABORT -> connection.abort(Runnable::run);
      }
    }

    @Nullable String stateOfFailure() {
      return failure instanceof SQLException e ? e.getSQLState() : null;
    }

    void assertEnded(Product product, How how) throws Exception {
      thread.join(TimeUnit.NANOSECONDS.toMillis(SOON_NANOS));
      assertThat(thread.isAlive()).as("%s: it still waits", how).isFalse();
      assertThat(rows).as("%s: no rows", how).isEqualTo(-1);
      assertThat(failure).as(how.name()).isInstanceOf(SQLException.class);
      assertThat(stateOfFailure()).as("%s: %s", how, failure).isEqualTo(state(product, how));
      assertThat(failure).isInstanceOf(type(product, how));
      assertThat(wasInterrupted).as("%s leaves no interruption behind", how).isFalse();
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  /** What the driver says of a statement at work that is ended so. */
  private static @Nullable String state(Product product, How how) {
    boolean connectionEnds = how == How.CLOSE_CONNECTION || how == How.ABORT;
    return switch (product) {
      case POSTGRESQL -> connectionEnds ? "08006" : "57014";
      case MARIADB -> connectionEnds ? "08000" : how == How.CLOSE_STATEMENT ? "42000" : "70100";
      case MYSQL -> connectionEnds ? "08003" : how == How.CLOSE_STATEMENT ? "S1009" : null;
      case H2 -> how == How.CLOSE_STATEMENT ? "90007" : "57014";
    };
  }

  private static Class<? extends SQLException> type(Product product, How how) {
    boolean connectionEnds = how == How.CLOSE_CONNECTION || how == How.ABORT;
    return switch (product) {
      case POSTGRESQL -> SQLException.class;
      case MYSQL ->
          connectionEnds
              ? SQLNonTransientConnectionException.class
              : switch (how) {
                case CLOSE_STATEMENT -> SQLException.class;
                case TIMEOUT -> SQLTimeoutException.class;
                default -> SQLNonTransientException.class;
              };
      case MARIADB ->
          connectionEnds
              ? SQLNonTransientConnectionException.class
              : how == How.CLOSE_STATEMENT
                  ? SQLSyntaxErrorException.class
                  : SQLTimeoutException.class;
      case H2 ->
          how == How.CLOSE_STATEMENT ? SQLNonTransientException.class : SQLTimeoutException.class;
    };
  }

  @EachDatabase
  void aWaitForAnotherCallersLoadEnds(TestDatabase database) throws Exception {
    try (LarderDataSource larder = larder(database, 10);
        Connection blocker = database.connect()) {
      for (How how : How.values()) {
        untilNoConnectionIsNeeded(larder);
        String sql = fresh();
        block(database.product(), blocker);
        try (Waiter leader = new Waiter(larder, sql, 0)) {
          try {
            until("the leader has a connection", () -> larder.statistics().pool().active() == 1);
            until("the leader waits for the database", () -> isWaiting(leader.thread));
            try (Waiter waiter = new Waiter(larder, sql, how == How.TIMEOUT ? 1 : 0)) {
              until("the other waits for it", () -> isWaiting(waiter.thread));
              waiter.end(how);
              waiter.assertEnded(database.product(), how);
              assertThat(larder.statistics().pool().active()).as("it needed none").isEqualTo(1);
            }
          } finally {
            // Before the leader is closed, which some drivers do when its statement has ended.
            unblock(database.product(), blocker);
          }
          leader.thread.join(SOON_NANOS / 1_000_000);
          assertThat(leader.rows).as("the leader's answer: %s", leader.failure).isEqualTo(3);
        }
      }
    }
  }

  @EachDatabase
  void aWaitForThePoolEnds(TestDatabase database) throws Exception {
    try (LarderDataSource larder = larder(database, 1)) {
      read(larder, fresh());
      for (How how : How.values()) {
        try (Connection holder = larder.getConnection()) {
          assertThat(holder.isValid(0)).isTrue();
          try (Waiter waiter = new Waiter(larder, fresh(), how == How.TIMEOUT ? 1 : 0)) {
            until("it waits", () -> larder.statistics().pool().waiting() == 1);
            waiter.end(how);
            waiter.assertEnded(database.product(), how);
            if (how == How.CANCEL || how == How.TIMEOUT) {
              holder.close();
              assertThat(waiter.statement.executeQuery("select 1").next()).isTrue();
            }
          }
        }
        until("all are back", () -> larder.statistics().pool().active() == 0);
      }
    }
  }

  @EachDatabase
  void aWaitForTheFirstCatalogueEnds(TestDatabase database) throws Exception {
    for (How how : new How[] {How.CANCEL, How.TIMEOUT, How.ABORT}) {
      try (LarderDataSource larder = larder(database, 1);
          Connection holder = larder.getConnection()) {
        assertThat(holder.isValid(0)).isTrue();
        try (Waiter waiter = new Waiter(larder, fresh(), how == How.TIMEOUT ? 1 : 0)) {
          until("the catalogue's reader waits", () -> larder.statistics().pool().waiting() == 1);
          until("and the statement for it", () -> isWaiting(waiter.thread));
          waiter.end(how);
          waiter.assertEnded(database.product(), how);
          assertThat(waiter.tookNanos).isLessThan(TimeUnit.SECONDS.toNanos(4));
        }
      }
    }
  }

  @EachDatabase
  void anInterruptionEndsAWaitForThePoolWithAnSqlState(TestDatabase database) throws Exception {
    try (LarderDataSource larder = larder(database, 1);
        Connection holder = larder.getConnection()) {
      assertThat(holder.isValid(0)).isTrue();
      try (Waiter waiter = new Waiter(larder, "select 1", 0)) {
        until("it waits", () -> isWaiting(waiter.thread));
        while (waiter.thread.isAlive()) {
          // The first may meet the wait for the catalogue, which goes on without it.
          waiter.thread.interrupt();
          waiter.thread.join(100);
        }
        assertThat(waiter.failure).isInstanceOf(SQLException.class);
        assertThat(waiter.stateOfFailure()).isEqualTo("08001");
        assertThat(waiter.wasInterrupted).as("the interruption is the application's").isTrue();
      }
    }
  }

  @EachDatabase
  void anotherConnectionIsNotValidForAsLongAsThereIsNone(TestDatabase database)
      throws SQLException {
    try (LarderDataSource larder = larder(database, 1);
        Connection holder = larder.getConnection();
        Connection other = larder.getConnection()) {
      assertThat(holder.isValid(0)).isTrue();
      long began = System.nanoTime();
      assertThat(other.isValid(1)).isFalse();
      assertThat(System.nanoTime() - began).isLessThan(SOON_NANOS);
      holder.close();
      assertThat(other.isValid(1)).isTrue();
    }
  }

  /** What was waited for is not given a second time to the driver. */
  @EachDatabase
  void theTimeOfAStatementIsItsWaitAndItsWork(TestDatabase database) throws Exception {
    try (LarderDataSource larder = larder(database, 1);
        Connection holder = larder.getConnection()) {
      // The catalogue is known: of what is not understood, the end would leave everything in doubt.
      read(larder, fresh());
      assertThat(holder.isValid(0)).isTrue();
      try (Waiter waiter = new Waiter(larder, endless(database.product()), 6)) {
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(5));
        holder.close();
        waiter.assertEnded(database.product(), How.TIMEOUT);
        assertThat(waiter.tookNanos).isLessThan(TimeUnit.SECONDS.toNanos(10));
      }
    }
  }

  private static String endless(Product product) {
    return switch (product) {
      case POSTGRESQL -> "select count(*), pg_sleep(60) from book";
      // Over a table that Larder knows: what an unknown one does would be in doubt after the end.
      case MARIADB, MYSQL ->
          IntStream.range(0, 20)
              .mapToObj(i -> "book b" + i)
              .collect(
                  Collectors.joining(
                      ", ", "select count(*) from ", " where b0.id + b9.id + b19.id > 3"));
      case H2 ->
          "select count(*) from system_range(1, 20000) a, system_range(1, 20000) b"
              + " where a.x + b.x > 7";
    };
  }

  private static void block(Product product, Connection blocker) throws SQLException {
    blocker.setAutoCommit(product == Product.H2);
    try (Statement statement = blocker.createStatement()) {
      statement.execute(
          switch (product) {
            case POSTGRESQL -> "lock table book in access exclusive mode";
            case MARIADB, MYSQL -> "lock tables book write";
            case H2 -> "set exclusive 1";
          });
    }
  }

  private static void unblock(Product product, Connection blocker) throws SQLException {
    try (Statement statement = blocker.createStatement()) {
      switch (product) {
        case POSTGRESQL -> blocker.rollback();
        case MARIADB, MYSQL -> statement.execute("unlock tables");
        case H2 -> statement.execute("set exclusive 0");
      }
    }
  }

  private static boolean isWaiting(Thread thread) {
    Thread.State state = thread.getState();
    if (state == Thread.State.TIMED_WAITING || state == Thread.State.WAITING) {
      return true;
    }
    // A thread that reads a socket counts as running.
    StackTraceElement[] stack = thread.getStackTrace();
    return stack.length > 0 && stack[0].getMethodName().matches("park|poll|read0|socketRead0");
  }

  private static LarderDataSource larder(TestDatabase database, int pool) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("drop table if exists book");
      statement.execute("create table book (id int primary key)");
      statement.execute("insert into book values (1), (2), (3)");
    }
    return LarderDataSource.builder()
        .url(database.url())
        .username(database.username())
        .password(database.password())
        .setting(Setting.WRITERS, "this-jvm")
        .setting(Setting.POOL_MAXIMUM_SIZE, String.valueOf(pool))
        .build();
  }

  /** A query that was not asked before. */
  private static String fresh() {
    return "select count(*) from book where id > " + FRESH.decrementAndGet();
  }

  private static void read(LarderDataSource larder, String sql) throws SQLException {
    try (Connection connection = larder.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
    }
  }

  /** A hit that borrows nothing: what sessions begin with is known, and the catalogue too. */
  private static void untilNoConnectionIsNeeded(LarderDataSource larder) throws Exception {
    String sql = fresh();
    until(
        "a hit needs no connection",
        () -> {
          Statistics before = larder.statistics();
          read(larder, sql);
          Statistics after = larder.statistics();
          return after.hits() > before.hits()
              && after.borrowedConnections() == before.borrowedConnections();
        });
  }

  private static void until(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("waited too long until %s", what).isLessThan(deadline);
      LockSupport.parkNanos(2_000_000);
    }
  }
}
