package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Readers among writers for a few seconds: no reader ever sees a row go back, a value that was not
 * committed, a value older than what was committed before it asked, or half of a transaction.
 *
 * <p>Replay a run's decisions with {@code -Dlarder.test.seed}; how the threads interleave is up to
 * the machine. {@code -Dlarder.test.seconds} makes it longer.
 */
final class ConcurrencySmokeTest {

  /*
   * Row r of "book" belongs to writer r and takes the values 2, 4, 6...; an odd value is written only by a transaction that rolls
   * back. Row r of "stock" and of "price" is written only together with its sibling, to the same value.
   *
   * Before a write is sent its value is noted as begun, and after its answer as done. A read must lie between what was done when
   * it was sent and what was begun when it returned.
   */
  private static final int THREADS = 8;
  private static final int WRITERS = 3;
  private static final int ROWS = WRITERS;

  private static final String ONE_BOOK = "select n from book where id = ?";
  private static final String ALL_BOOKS = "select id, n from book order by id";
  private static final String PAIR =
      "select s.n, p.n from stock s join price p on p.id = s.id where s.id = ?";

  private final AtomicLongArray begun = new AtomicLongArray(ROWS);
  private final AtomicLongArray done = new AtomicLongArray(ROWS);
  private final AtomicLongArray pairBegun = new AtomicLongArray(ROWS);
  private final AtomicLongArray pairDone = new AtomicLongArray(ROWS);
  private final Queue<String> violations = new ConcurrentLinkedQueue<>();
  private final AtomicLong reads = new AtomicLong();
  private final AtomicLong writes = new AtomicLong();
  private volatile boolean over;

  @EachDatabase
  void readersSeeWhatTheDatabaseHeld(TestDatabase database) throws Exception {
    long seed = Long.getLong("larder.test.seed", System.nanoTime());
    System.out.println(database.product() + ": -Dlarder.test.seed=" + seed);
    for (String table : List.of("book", "stock", "price")) {
      database.execute("create table " + table + " (id int primary key, n bigint not null)");
      for (int row = 0; row < ROWS; row++) {
        database.execute("insert into " + table + " values (" + row + ", 0)");
      }
    }
    if (database.product() == Product.H2) {
      // H2 answers a session from its last result until the writer has marked the table, which is
      // after its commit can be seen: two plain connections to H2 see a row go back.
      database.execute("set optimize_reuse_results 0");
    }
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    try (LarderDataSource larder = LarderDataSource.wrap(database.dataSource(), settings)) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int number = i;
        Random random = new Random(seed + i);
        Thread thread =
            new Thread(
                () -> {
                  while (!over && violations.isEmpty()) {
                    step(larder, number, random);
                  }
                },
                "smoke-" + i);
        threads.add(thread);
        thread.start();
      }
      long end =
          System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.getLong("larder.test.seconds", 4));
      while (System.nanoTime() < end && violations.isEmpty()) {
        threads.get(0).join(20);
      }
      over = true;
      for (Thread thread : threads) {
        thread.join(30_000);
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
      Statistics statistics = larder.statistics();
      System.out.printf(
          "%s: %d reads, %d writes, %d hits, %d stores, %d joined flights%n",
          database.product(),
          reads.get(),
          writes.get(),
          statistics.hits(),
          statistics.stores(),
          statistics.joinedFlights());
      assertThat(violations).as("seed %d", seed).isEmpty();
      assertThat(statistics.hits()).as("the cache took part").isPositive();
      assertThat(statistics.failures()).isZero();
    }
  }

  private void step(LarderDataSource larder, int number, Random random) {
    try (Connection connection = larder.getConnection()) {
      if (number < WRITERS) {
        write(connection, number, random);
        for (int pause = random.nextInt(4); pause > 0; pause--) {
          read(connection, random);
        }
      } else if (random.nextInt(4) == 0) {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        for (int i = random.nextInt(5); i >= 0; i--) {
          read(connection, random);
        }
        connection.rollback();
        connection.setAutoCommit(true);
      } else {
        for (int i = random.nextInt(5); i >= 0; i--) {
          read(connection, random);
        }
      }
    } catch (SQLException | RuntimeException e) {
      violations.add("failed: " + e);
    }
  }

  private void write(Connection connection, int row, Random random) throws SQLException {
    switch (random.nextInt(5)) {
      case 0, 1 -> {
        long next = begun.get(row) + 2;
        begun.set(row, next);
        update(connection, "book", row, next);
        done.set(row, next);
      }
      case 2 -> {
        connection.setAutoCommit(false);
        update(connection, "book", row, begun.get(row) + 1);
        see(connection, row, begun.get(row) + 1);
        connection.rollback();
        connection.setAutoCommit(true);
      }
      case 3 -> {
        long next = begun.get(row) + 2;
        connection.setAutoCommit(false);
        update(connection, "book", row, next - 1);
        update(connection, "book", row, next);
        see(connection, row, next);
        begun.set(row, next);
        connection.commit();
        done.set(row, next);
        connection.setAutoCommit(true);
      }
      default -> {
        long next = pairBegun.get(row) + 2;
        connection.setAutoCommit(false);
        update(connection, "stock", row, next);
        update(connection, "price", row, next);
        pairBegun.set(row, next);
        connection.commit();
        pairDone.set(row, next);
        connection.setAutoCommit(true);
      }
    }
    writes.incrementAndGet();
  }

  private static void update(Connection connection, String table, int row, long value)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("update " + table + " set n = ? where id = ?")) {
      statement.setLong(1, value);
      statement.setInt(2, row);
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
  }

  /** A transaction sees its own writes. */
  private void see(Connection connection, int row, long expected) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ONE_BOOK)) {
      statement.setInt(1, row);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        if (rows.getLong(1) != expected) {
          violations.add("own write " + expected + " read as " + rows.getLong(1));
        }
      }
    }
  }

  private void read(Connection connection, Random random) throws SQLException {
    int row = random.nextInt(ROWS);
    switch (random.nextInt(3)) {
      case 0 -> {
        long least = done.get(row);
        try (PreparedStatement statement = connection.prepareStatement(ONE_BOOK)) {
          statement.setInt(1, row);
          try (ResultSet rows = statement.executeQuery()) {
            rows.next();
            check("one book", row, least, rows.getLong(1), begun.get(row));
          }
        }
      }
      case 1 -> {
        long[] least = new long[ROWS];
        for (int i = 0; i < ROWS; i++) {
          least[i] = done.get(i);
        }
        try (PreparedStatement statement = connection.prepareStatement(ALL_BOOKS);
            ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            int id = rows.getInt(1);
            check("all books", id, least[id], rows.getLong(2), begun.get(id));
          }
        }
      }
      default -> {
        long least = pairDone.get(row);
        try (PreparedStatement statement = connection.prepareStatement(PAIR)) {
          statement.setInt(1, row);
          try (ResultSet rows = statement.executeQuery()) {
            rows.next();
            long stock = rows.getLong(1);
            long price = rows.getLong(2);
            check("pair", row, least, stock, pairBegun.get(row));
            if (stock != price) {
              violations.add("half a transaction: stock " + stock + ", price " + price);
            }
          }
        }
      }
    }
    reads.incrementAndGet();
  }

  /**
   * Lying between what was done before and begun after also means that no two reads, one after the
   * other, see a row go back: the second is checked against what was done, but a value that is
   * begun and not done may have been seen, so each reading thread remembers what it saw.
   */
  private void check(String what, int row, long least, long seen, long most) {
    if (seen < least || seen > most || seen % 2 != 0) {
      violations.add(
          what + " " + row + ": saw " + seen + " where " + least + " to " + most + " was possible");
    }
    long[] last = lastSeen.get();
    int index = what.equals("pair") ? ROWS + row : row;
    if (seen < last[index]) {
      violations.add(what + " " + row + " went back from " + last[index] + " to " + seen);
    }
    last[index] = Math.max(last[index], seen);
  }

  private final ThreadLocal<long[]> lastSeen = ThreadLocal.withInitial(() -> new long[2 * ROWS]);
}
