package dev.larder.jdbc.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.Origin;
import dev.larder.invalidation.Scope;
import dev.larder.invalidation.SourceReport;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * A data source with a source of changes, over a database that is written past it. Used by one
 * thread, but for the data source itself.
 */
public final class Elsewhere implements AutoCloseable {

  public static final Duration PATIENCE = Duration.ofSeconds(30);
  public static final String TITLE = "select title from book where id = 1";

  public final TestDatabase database;
  public final LarderDataSource larder;
  private Consumer<String> writer;

  public Elsewhere(TestDatabase database, String... settings) {
    this(database, database.username(), database.password(), settings);
  }

  /** As another user than the test's. */
  public static Elsewhere as(
      TestDatabase database, String user, String password, String... settings) {
    return new Elsewhere(database, user, password, settings);
  }

  private Elsewhere(TestDatabase database, String user, String password, String[] settings) {
    this.database = database;
    this.writer = database::execute;
    Properties properties = new Properties();
    for (int i = 0; i < settings.length; i += 2) {
      properties.setProperty(settings[i], settings[i + 1]);
    }
    larder =
        LarderDataSource.builder()
            .url(database.url())
            .username(user)
            .password(password)
            .settings(properties)
            .build();
  }

  /** From now on {@link #write} goes this way. */
  public Elsewhere writtenBy(Consumer<String> otherWriter) {
    writer = otherWriter;
    return this;
  }

  /** Runs a statement elsewhere: by a plain connection, if nothing else was said. */
  public void write(String sql) {
    writer.accept(sql);
  }

  /** Makes the tables that most tests read. */
  public static void shelve(TestDatabase database) {
    database.execute(
        "create table book (id int primary key, title varchar(50))",
        "insert into book values (1, 'v0'), (2, 'w0')");
  }

  /** The URL of a database by way of a relay, with its user and password as parameters. */
  public static String withUser(TestDatabase database, String url) {
    return url + "?user=" + database.username() + "&password=" + database.password();
  }

  public String read(String sql) throws SQLException {
    return read(larder, sql);
  }

  /** The first value of the first row, as text. */
  public static String read(DataSource dataSource, String sql) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      return row.next() ? String.valueOf(row.getString(1)) : "nothing";
    }
  }

  public String title() throws SQLException {
    return read(TITLE);
  }

  public SourceReport report() {
    return larder.invalidation().sources().get(0);
  }

  public boolean covers() {
    return report().state() == SourceReport.State.COVERING;
  }

  /** Reads once, so that the database is known, and waits until the source covers. */
  public Elsewhere untilCovered() throws SQLException {
    read("select 1");
    until("the source covers", this::covers);
    return this;
  }

  /** How often definitions were found to have been changed elsewhere, from now on. */
  public AtomicInteger countDefinitionsElsewhere() {
    AtomicInteger count = new AtomicInteger();
    larder
        .invalidation()
        .onChange(
            change -> {
              boolean isElsewhere = change.origin() == Origin.SOURCE;
              if (isElsewhere && change.changes().scopes().contains(Scope.DEFINITIONS)) {
                count.incrementAndGet();
              }
            });
    return count;
  }

  /** Waits until this answer is kept and lives on. */
  public void keep(String sql) {
    until(
        "it is answered from memory: " + sql,
        () -> {
          read(sql);
          return isHit(sql);
        });
  }

  /** Whether reading it is a hit. */
  public boolean isHit(String sql) throws SQLException {
    long before = larder.statistics().hits();
    read(sql);
    return larder.statistics().hits() > before;
  }

  /** Changes the row elsewhere and waits until the change is seen here. */
  public void writeAndSee(String title) {
    keep(TITLE);
    write("update book set title = '" + title + "' where id = 1");
    until("the change is seen: " + title, () -> title().equals(title));
  }

  /** Changes something by a plain connection and waits until the answer is another one. */
  public void see(String query, String change, String answer) {
    keep(query);
    database.execute(change);
    until(change + " is seen", () -> read(query).equals(answer));
  }

  /**
   * Changes the row elsewhere: no read that begins later than the bound after the commit may give
   * what was before it.
   */
  public void assertStaleness(String title, long millis) throws SQLException {
    title();
    write("update book set title = '" + title + "' where id = 1");
    assertSeen(title, System.nanoTime(), millis);
  }

  /** Reads until the change is seen, which must not take longer than the bound. */
  public void assertSeen(String title, long committedNanos, long millis) throws SQLException {
    while (true) {
      long asked = System.nanoTime();
      if (title().equals(title)) {
        return;
      }
      assertThat(asked - committedNanos)
          .as("nanoseconds after the commit, an old answer")
          .isLessThanOrEqualTo(millis * 1_000_000);
    }
  }

  /** Reads for a while: nothing older may come back. */
  public void assertStaysSeen(String title, long millis) throws SQLException {
    long until = System.nanoTime() + 2 * millis * 1_000_000;
    while (System.nanoTime() - until < 0) {
      assertThat(title()).isEqualTo(title);
    }
  }

  /** Runs a statement through the data source itself. */
  public void execute(String sql) {
    execute(larder, sql);
  }

  /** Runs a statement, which must not fail. */
  public static void execute(DataSource dataSource, String sql) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits for it, for longer than a loaded machine should take. */
  public static void until(String what, Callable<Boolean> condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!call(condition)) {
      assertThat(System.nanoTime()).as("waited too long until %s", what).isLessThan(deadline);
      LockSupport.parkNanos(2_000_000);
    }
  }

  private static <T> T call(Callable<T> callable) {
    try {
      return callable.call();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    larder.close();
  }
}
