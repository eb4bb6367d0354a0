package dev.larder.jdbc.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A table of numbered rows with a count each, which one client raises, many rows at once, while
 * others look rows up: nobody may see less than was committed before the look-up, nor more than was
 * begun after it. Used once.
 */
final class RegisterHistory {

  /** How a client reads: by which queries, and how long it waits between them. */
  @FunctionalInterface
  interface Reader {
    void read(Connection connection, LookUp lookUp, RandomGenerator random) throws SQLException;
  }

  /** A look-up of a row, the answer to which is checked. */
  @FunctionalInterface
  interface LookUp {
    void by(PreparedStatement query, int row) throws SQLException;
  }

  static final String BY_KEY = "select n from register where id = ?";

  private static final int READERS = 4;
  private static final int MOST_ROUNDS = 10;

  private final int rows;
  private final int writtenAtOnce;
  private final int longestPauseMillis;
  private final Reader reader;
  private final AtomicLongArray begun;
  private final AtomicLongArray committed;
  private final LongAdder reads = new LongAdder();
  private final AtomicReference<@Nullable String> wrong = new AtomicReference<>();

  /**
   * @param writtenAtOnce how many rows a write raises
   * @param longestPauseMillis how long the writer waits at most, for something to be loaded between
   */
  RegisterHistory(int rows, int writtenAtOnce, int longestPauseMillis, Reader reader) {
    this.rows = rows;
    this.writtenAtOnce = writtenAtOnce;
    this.longestPauseMillis = longestPauseMillis;
    this.reader = reader;
    this.begun = new AtomicLongArray(rows);
    this.committed = new AtomicLongArray(rows);
  }

  /** Some settings of a data source by their names. */
  static Properties settings(Map<String, String> own) {
    Properties settings = Sources.settings();
    own.forEach(settings::setProperty);
    return settings;
  }

  /**
   * Runs it.
   *
   * @param loader by whose classes, some of which may be mutants
   * @param settings the data source's
   * @param figure what {@code SHOW LARDER STATUS} must count, or the history shows nothing
   * @return what was wrong, or null
   */
  @Nullable String found(
      Product product, MutantLoader loader, Properties settings, String figure, double seconds)
      throws Exception {
    long seed = HistoryTest.seed(product + " " + figure);
    try (TestDatabase database = HistoryTest.database(product)) {
      database.execute("create table register (id int primary key, n bigint)");
      for (int id = 0; id < rows; id++) {
        database.execute("insert into register values (" + id + ", 0)");
      }
      DataSource source = loader.wrap(Sources.driver(database, null), settings);
      try (AutoCloseable closed = (AutoCloseable) source) {
        assertThat(closed).isNotNull();
        long counted = 0;
        // On a busy machine what is counted may take its time to begin.
        for (int round = 0; counted == 0 && round < MOST_ROUNDS && wrong.get() == null; round++) {
          run(source, seed + round, System.nanoTime() + (long) (seconds * 1e9));
          counted = AheadHistoryTest.status(source, figure);
        }
        System.out.printf("%s: %d reads, %s %d%n", product, reads.sum(), figure, counted);
        // What was wrong ends a run early, so that it may count nothing.
        assertThat(wrong.get() != null || counted > 0).as(figure).isTrue();
        assertThat(AheadHistoryTest.status(source, "failures")).isZero();
      }
    }
    return wrong.get();
  }

  private void run(DataSource source, long seed, long end) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i <= READERS; i++) {
      RandomGenerator random = new SplittableRandom(seed + i);
      boolean writes = i == 0;
      threads.add(
          new Thread(
              () -> {
                try {
                  while (wrong.get() == null && System.nanoTime() - end < 0) {
                    step(source, random, writes);
                  }
                } catch (SQLException | RuntimeException | InterruptedException e) {
                  wrong.set(e.toString());
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void step(DataSource source, RandomGenerator random, boolean writes)
      throws SQLException, InterruptedException {
    if (writes) {
      write(source, random.nextInt(rows));
      Thread.sleep(random.nextInt(longestPauseMillis));
    } else {
      try (Connection connection = source.getConnection()) {
        reader.read(connection, this::lookUp, random);
      }
    }
  }

  private void write(DataSource source, int row) throws SQLException {
    int end = Math.min(rows, row + writtenAtOnce);
    for (int i = row; i < end; i++) {
      begun.incrementAndGet(i);
    }
    try (Connection connection = source.getConnection();
        PreparedStatement update =
            connection.prepareStatement("update register set n = n + 1 where id >= ? and id < ?")) {
      update.setInt(1, row);
      update.setInt(2, end);
      update.executeUpdate();
    }
    for (int i = row; i < end; i++) {
      committed.incrementAndGet(i);
    }
  }

  private void lookUp(PreparedStatement query, int row) throws SQLException {
    long least = committed.get(row);
    long seen;
    query.setInt(1, row);
    try (ResultSet found = query.executeQuery()) {
      seen = found.next() ? found.getLong(1) : -1;
    }
    reads.increment();
    if (seen < least || seen > begun.get(row)) {
      wrong.set("row " + row + " has " + seen + " where " + least + " was committed");
    }
  }
}
