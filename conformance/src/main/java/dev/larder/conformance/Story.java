package dev.larder.conformance;

import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;

/**
 * The words a probe is told in: a database, the cache above it, and a direct connection as the
 * truth. Used by one thread, except where a method says otherwise.
 */
public final class Story implements AutoCloseable {

  /** The query that most stories are about; {@link #givenBooks} makes its table. */
  public static final String TITLE = "select title from book where id = 1";

  private static final int CHANCES = 6;
  private static final String PASSWORD = "Larder-1";

  /** Something done on a connection, whose outcome is text. */
  @FunctionalInterface
  public interface Script {
    String on(Connection connection) throws Exception;
  }

  /** A part of a story. */
  @FunctionalInterface
  public interface Chapter {
    void tell() throws Exception;
  }

  private final TestDatabase database;
  private final Subject subject;
  private final Probe.Writers writers;
  private final CountingDataSource below;
  private final Client truth;
  private final Map<String, DataSource> caches = new HashMap<>();
  private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
  private @Nullable String notCached;

  Story(TestDatabase database, Subject subject, Probe.Writers writers) throws SQLException {
    this.database = database;
    this.subject = subject;
    this.writers = writers;
    this.below = new CountingDataSource(database.dataSource());
    this.truth = new Client(database.connect());
    toClose.push(truth);
  }

  // The scene.

  public Product product() {
    return database.product();
  }

  /** Runs statements on the database itself, past the cache. */
  public void given(String... statements) throws SQLException {
    for (String sql : statements) {
      truth.run(sql);
    }
  }

  /** Another program's writes, which the cache does not see. */
  public void elsewhere(String... statements) throws SQLException {
    given(statements);
  }

  /** A table of two books: (1, 'v1') and (2, 'w1'). */
  public void givenBooks() throws SQLException {
    given(
        "create table book (id int primary key, title varchar(40))",
        "insert into book values (1, 'v1'), (2, 'w1')");
  }

  /** A name that no other story uses, for what belongs to the whole server. */
  public String name(String word) {
    return word + "_" + database.name();
  }

  /** Makes a database user who may log in and nothing else, and removes it after the story. */
  public String givenUser(String word) throws SQLException {
    String user = name(word);
    switch (product()) {
      case POSTGRESQL -> {
        given("create role " + user + " login password '" + PASSWORD + "'");
        atTheEnd("drop owned by " + user, "drop role " + user);
      }
      case MARIADB, MYSQL -> {
        given(
            "create user " + user + " identified by '" + PASSWORD + "'",
            // A right to be there, but none to read.
            "grant create view on " + database.name() + ".* to " + user);
        atTheEnd("drop user " + user);
      }
      case H2 -> given("create user " + user + " password '" + PASSWORD + "'");
    }
    return user;
  }

  /** Statements on the database itself after the story, whatever its end. */
  public void atTheEnd(String... statements) {
    toClose.push(
        () -> {
          try (Connection connection = database.connect();
              Statement statement = connection.createStatement()) {
            for (String sql : statements) {
              statement.execute(sql);
            }
          }
        });
  }

  /** Ends the story: it cannot be told here. */
  public void notHere(String reason) {
    throw new NotHere(reason);
  }

  // Those who go through the cache.

  /** A new connection through the cache, closed at the latest after the story. */
  public Client client() throws Exception {
    return client(cache("", below));
  }

  /** The same as another database user: a second cache of the same make, in the same program. */
  public Client clientAs(String user) throws Exception {
    return client(cache(user, below.as(forAnybody(), user, PASSWORD)));
  }

  private DataSource forAnybody() {
    if (product() != Product.H2) {
      return database.dataSource();
    }
    // The settings in the test's own URL are for administrators.
    JdbcDataSource plain = new JdbcDataSource();
    plain.setURL(database.url().replaceFirst(";.*", ""));
    return plain;
  }

  private Client client(DataSource cache) throws SQLException {
    Client client = new Client(cache.getConnection());
    toClose.push(client);
    return client;
  }

  /** The cache itself; safe for use by several threads. */
  public DataSource cache() throws Exception {
    return cache("", below);
  }

  private DataSource cache(String user, CountingDataSource source) throws Exception {
    DataSource known = caches.get(user);
    if (known == null) {
      known = subject.above(new Below(source, product(), writers));
      caches.put(user, known);
      if (known instanceof AutoCloseable closeable) {
        toClose.push(closeable);
      }
    }
    return known;
  }

  /** Runs statements through the cache, all on one new connection, each committed by itself. */
  public void through(String... statements) throws Exception {
    try (Client client = client()) {
      for (String sql : statements) {
        client.run(sql);
      }
    }
  }

  // What must hold.

  /** A query is right, and after a few repetitions the database is not asked for it any more. */
  public void assertCached(String query, @Nullable Object... values) throws Exception {
    String expected = truth.read(query, values);
    boolean cached = false;
    int chances = notCached == null ? CHANCES : 1;
    for (int chance = 0; chance < chances && !cached; chance++) {
      cached = isFromMemory(client -> mustBe(expected, client.read(query, values), query));
    }
    if (!cached) {
      assertNotCached(query);
    }
  }

  /** What a client does, as something that may be answered from memory. */
  @FunctionalInterface
  public interface Reading {
    void by(Client client) throws Exception;
  }

  /** Whether a reading on a new connection was answered without the database. */
  public boolean isFromMemory(Reading reading) throws Exception {
    long before = below.statements();
    try (Client client = client()) {
      reading.by(client);
    }
    return below.statements() == before;
  }

  /** The next read of a query must not ask the database: nothing has happened to its tables. */
  public void assertStillCached(String query) throws Exception {
    String expected = truth.read(query);
    if (!isFromMemory(client -> mustBe(expected, client.read(query), query))) {
      assertNotCached("still " + query);
    }
  }

  /** Notes that something was not answered from memory that should have been. */
  public void assertNotCached(String query) {
    if (notCached == null) {
      notCached = query;
    }
  }

  /** Whether everything that should be answered from memory was, so far. */
  public boolean isCaching() {
    return notCached == null;
  }

  /** A query answers what the database itself answers, on a new connection, twice. */
  public void assertRight(String query, @Nullable Object... values) throws Exception {
    String expected = truth.read(query, values);
    for (int time = 0; time < 2; time++) {
      try (Client client = client()) {
        mustBe(expected, client.read(query, values), query);
      }
    }
  }

  /** A query answers this, on a new connection. */
  public void expects(String expected, String query, @Nullable Object... values) throws Exception {
    try (Client client = client()) {
      client.expects(expected, query, values);
    }
  }

  /** Every read of this query must ask the database, since its answer is never the same. */
  public void assertNeverFromMemory(String query) throws Exception {
    for (int chance = 0; chance < CHANCES / 2; chance++) {
      if (isFromMemory(client -> client.read(query))) {
        throw new WrongAnswer("the database is asked", "an answer from memory (" + query + ")");
      }
    }
  }

  /** A script that changes nothing comes out alike on the database and, twice, on the cache. */
  public void assertAlike(Script script) throws Exception {
    String expected = script.on(truth.connection());
    for (int time = 0; time < 2; time++) {
      try (Client client = client()) {
        mustBe(expected, script.on(client.connection()), "the same by JDBC");
      }
    }
  }

  static void mustBe(String expected, String got, String what) {
    if (!expected.equals(got)) {
      throw new WrongAnswer(expected, got + " (" + what + ")");
    }
  }

  /** The comparison all the others come down to. */
  public void same(String expected, String got, String what) {
    mustBe(expected, got, what);
  }

  /** What the database itself answers. */
  public String truth(String query, @Nullable Object... values) throws SQLException {
    return truth.read(query, values);
  }

  // Time and trouble.

  /** Goes on when an answer that was right until now is older than the promise allows. */
  public void maxStalenessPasses() {
    long end = System.nanoTime() + Below.MAX_STALENESS.toNanos();
    for (long left = Below.MAX_STALENESS.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** Meanwhile no connection is to be had and no statement gets through. */
  public void whileTheDatabaseIsGone(Chapter chapter) throws Exception {
    below.unreachable(true);
    try {
      chapter.tell();
    } finally {
      below.unreachable(false);
    }
  }

  /**
   * How often a query runs on the database if many ask for it at once, none of them getting an
   * answer before all had the time to ask.
   */
  public long executionsOf(String query, Chapter crowd) throws Exception {
    CountingDataSource.Gate gate = below.gateFor(query);
    Thread opener =
        new Thread(
            () -> {
              LockSupport.parkNanos(300_000_000);
              gate.open();
            });
    opener.start();
    crowd.tell();
    opener.join();
    return gate.arrived();
  }

  @Nullable String notCached() {
    return notCached;
  }

  /** Thrown where a story cannot be told. */
  static final class NotHere extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotHere(String reason) {
      super(reason);
    }

    Verdict verdict() {
      return new Verdict.NotApplicable(String.valueOf(getMessage()));
    }
  }

  /** Closes what the story opened; what cannot be closed goes with the database. */
  @Override
  public void close() {
    while (!toClose.isEmpty()) {
      try {
        toClose.pop().close();
      } catch (Exception goesWithTheDatabase) {
        // A connection that the story killed cannot be closed in peace.
      }
    }
  }
}
