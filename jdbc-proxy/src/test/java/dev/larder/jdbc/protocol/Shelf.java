package dev.larder.jdbc.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Statistics;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Callable;

/**
 * A database with the tables {@code book} and {@code author}, and two data sources over it that
 * share nothing but the ledger: one reads, the other writes. Used by one thread, but for the data
 * sources themselves.
 */
final class Shelf implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofMinutes(1);

  final TestDatabase database;
  final LarderDataSource readers;
  final LarderDataSource writers;

  Shelf(TestDatabase database, String... settings) {
    this.database = database;
    String engine = database.product().speaksMySql() ? " engine=innodb" : "";
    database.execute(
        "create table book (id int primary key, title varchar(50))" + engine,
        "create table author (id int primary key, name varchar(50))" + engine,
        "insert into book values (1, 'v1')",
        "insert into author values (1, 'a1')");
    // Only an administrator may connect with what H2's URL says of the database's life.
    String url = database.url().replace(";DB_CLOSE_DELAY=-1", "");
    readers = over(url, settings);
    writers = over(url, settings);
  }

  /** Another data source over a database, by its URL. */
  LarderDataSource over(String url, String... settings) {
    Properties properties = new Properties();
    properties.setProperty("larder.writers", "this-jvm");
    for (int i = 0; i < settings.length; i += 2) {
      properties.setProperty(settings[i], settings[i + 1]);
    }
    return LarderDataSource.builder()
        .url(url)
        .username(database.username())
        .password(database.password())
        .settings(properties)
        .build();
  }

  Product product() {
    return database.product();
  }

  /** What a request of its own reads. */
  String read(String sql) throws SQLException {
    try (Connection connection = readers.getConnection()) {
      return Sql.one(connection, sql);
    }
  }

  /** Writes through the other data source, each statement committed by itself. */
  void write(String... statements) throws SQLException {
    try (Connection connection = writers.getConnection()) {
      Sql.run(connection, statements);
    }
  }

  /** Reads until memory answers, so that a later hit or miss says something. */
  void keep(String... queries) throws SQLException {
    for (String sql : queries) {
      // The ledger is the server's: another test's commit may still be in doubt.
      untilKept(sql);
      assertFromMemory(() -> read(sql));
    }
  }

  /** Runs a reading and returns what it gave, which must have come from memory. */
  <T> T assertFromMemory(Callable<T> reading) {
    Statistics before = readers.statistics();
    T answer = call(reading);
    Statistics after = readers.statistics();
    assertThat(after.hits() - before.hits()).as("hits, reading %s", answer).isEqualTo(1);
    return answer;
  }

  /** Runs a reading and returns what it gave, which must have come from the database. */
  <T> T assertFromDatabase(Callable<T> reading) {
    Statistics before = readers.statistics();
    T answer = call(reading);
    Statistics after = readers.statistics();
    assertThat(after.hits() - before.hits()).as("hits, reading %s", answer).isZero();
    return answer;
  }

  /** The same, for this reason. */
  <T> T assertBypassed(BypassReason reason, Callable<T> reading) {
    long before = readers.statistics().bypasses().getOrDefault(reason, 0L);
    T answer = assertFromDatabase(reading);
    assertThat(readers.statistics().bypasses())
        .as("bypasses, reading %s", answer)
        .containsEntry(reason, before + 1);
    return answer;
  }

  /** A reading that must neither come from memory nor stay there. */
  <T> T assertNotStored(Callable<T> reading) {
    long before = readers.statistics().stores();
    T answer = assertFromDatabase(reading);
    assertThat(readers.statistics().stores()).as("stores, reading %s", answer).isEqualTo(before);
    return answer;
  }

  private static <T> T call(Callable<T> reading) {
    try {
      return reading.call();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Waits, within bounds, until something is so. */
  static void until(String what, Callable<Boolean> condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!call(condition)) {
      assertThat(System.nanoTime()).as("waited too long until %s", what).isLessThan(deadline);
      Thread.onSpinWait();
      java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
    }
  }

  /** Waits until what is in doubt is settled: a query's answer is kept again. */
  void untilKept(String sql) {
    until(
        sql + " is kept again",
        () -> {
          long hits = readers.statistics().hits();
          read(sql);
          return readers.statistics().hits() > hits;
        });
  }

  @Override
  public void close() {
    readers.close();
    writers.close();
  }
}
