package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A failure of the cache costs a miss, never a query; and no connection is lost over it. */
final class FailureContainmentTest {

  private static final String ONE = "select title from book where id = 1";

  private HikariDataSource pool = new HikariDataSource();
  private LarderDataSource larder = new LarderDataSource();

  @BeforeEach
  void aTable(TestDatabase database) {
    database.execute(
        "create table book (id int primary key, title varchar(50))",
        "insert into book values (1, 'one'), (2, 'two'), (3, 'three')");
    open(database, 5);
  }

  private void open(TestDatabase database, int size, String... settings) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(database.dataSource());
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(size);
    config.setConnectionTimeout(5_000);
    open(config, settings);
  }

  private void open(HikariConfig config, String... settings) {
    closeAll();
    pool = new HikariDataSource(config);
    Properties properties = new Properties();
    properties.setProperty("larder.writers", "this-jvm");
    properties.setProperty("larder.admission", "always");
    for (int i = 0; i < settings.length; i += 2) {
      properties.setProperty(settings[i], settings[i + 1]);
    }
    larder = LarderDataSource.wrap(pool, properties);
  }

  @AfterEach
  void noConnectionIsLost() {
    await(
        "every connection to come back",
        () -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
    closeAll();
  }

  private void closeAll() {
    larder.close();
    pool.close();
  }

  // The catalogue.

  @EachDatabase(Product.POSTGRESQL)
  void aCatalogueThatCannotBeReadCostsHitsAndOneLine(TestDatabase database) throws SQLException {
    String role = "blind_" + database.name();
    database.execute(
        "create role " + role + " login password 'secret'",
        "grant select, update on book to " + role,
        "revoke select on pg_catalog.pg_class from public");
    try {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(database.url());
      config.setUsername(role);
      config.setPassword("secret");
      open(config);
      String log =
          logged(
              () -> {
                for (int i = 0; i < 20; i++) {
                  assertThat(Outcome.ofText(larder, ONE))
                      .isEqualTo(new Outcome(List.of(List.of("one")), ""));
                }
                assertThat(Outcome.ofText(larder, "update book set title = 'one' where id = 1"))
                    .isEqualTo(new Outcome(List.of(1), ""));
              });
      assertThat(log.lines().filter(line -> line.contains("catalogue"))).hasSize(1);
      assertThat(larder.explain(ONE).reason()).isEqualTo(BypassReason.CATALOGUE_UNAVAILABLE);
      assertThat(larder.statistics().failures()).isPositive();
      database.execute("grant select on pg_catalog.pg_class to public");
      await("the catalogue to be read", () -> explain(ONE).cached());
      Outcome.ofText(larder, ONE);
      Outcome.ofText(larder, ONE);
      assertThat(larder.statistics().hits()).isPositive();
    } finally {
      closeAll();
      database.execute("drop owned by " + role, "drop role " + role);
      open(database, 1);
    }
  }

  @EachDatabase
  void aTransactionThatHoldsTheOnlyConnectionIsAnsweredAllTheSame(TestDatabase database)
      throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setDataSource(database.dataSource());
    config.setMaximumPoolSize(1);
    open(config);
    try (Connection connection = larder.getConnection()) {
      connection.setAutoCommit(false);
      long start = System.nanoTime();
      for (int i = 0; i < 5; i++) {
        try (Statement statement = connection.createStatement();
            ResultSet rows = statement.executeQuery("select title from book where id = " + i)) {
          assertThat(rows.next()).isEqualTo(i > 0 && i < 4);
        }
      }
      // The catalogue waits for the connection that this caller holds: it is given up on once.
      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(4));
      connection.rollback();
    }
  }

  // Values that a driver cannot give.

  @EachDatabase(Product.POSTGRESQL)
  void valuesAtTheEdgeOfPostgres(TestDatabase database) {
    database.execute(
        "create table edge (id int primary key, t timestamp, z timestamptz, d date, n numeric)",
        "insert into edge values (1, 'infinity', '-infinity', 'infinity', 'NaN'), (2, '0044-03-15"
            + " 12:00:00 BC', '0044-03-15 12:00:00+00 BC', '4713-01-01 BC', 'Infinity'), (3,"
            + " '294276-12-31 23:59:59', '294276-12-31 23:59:59+00', '5874897-12-31', 1e300)");
    sameValues(database, "select t, z, d, n from edge where id = %d", 3);
  }

  @EachDatabase({Product.MARIADB, Product.MYSQL})
  void zeroDatesOfMariaDb(TestDatabase database) {
    database.execute(
        "set session sql_mode = ''",
        "create table edge (id int primary key, d date, t datetime, s timestamp null, y year)");
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("set session sql_mode = ''");
      statement.execute(
          "insert into edge values (1, '0000-00-00', '0000-00-00 00:00:00', '0000-00-00', 0),"
              + " (2, '2020-00-00', '2020-01-00 00:00:00', null, 1901)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    sameValues(database, "select d, t, s, y from edge where id = %d", 2);
  }

  private void sameValues(TestDatabase database, String sql, int rows) {
    for (int id = 1; id <= rows; id++) {
      String query = String.format(sql, id);
      List<String> expected = values(database.dataSource(), query);
      for (int i = 0; i < 3; i++) {
        assertThat(values(larder, query)).as("read %d of row %d", i, id).isEqualTo(expected);
      }
    }
  }

  private static List<String> values(DataSource source, String sql) {
    List<String> values = new ArrayList<>();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
        int column = i;
        values.add(value(() -> row.getString(column)));
        values.add(value(() -> row.getObject(column)));
        if (row.getMetaData().getColumnType(column) != Types.NUMERIC) {
          // PostgreSQL's driver trips over its own feet when a NaN is to be a date.
          values.add(value(() -> row.getTimestamp(column)));
          values.add(value(() -> row.getDate(column)));
        }
        values.add(value(() -> row.getBigDecimal(column)));
        values.add(value(() -> row.getDouble(column)));
        values.add(value(() -> row.wasNull()));
      }
      assertThat(row.next()).isFalse();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return values;
  }

  private interface Getter {
    Object get() throws SQLException;
  }

  private static String value(Getter getter) {
    try {
      return String.valueOf(getter.get());
    } catch (SQLException e) {
      return e.getClass().getName() + " " + e.getSQLState();
    } catch (RuntimeException e) {
      return e.getClass().getName();
    }
  }

  // Answers that do not fit.

  @EachDatabase
  void answersThatAreTooLargeComeWholeAndAreNotKept(TestDatabase database) throws SQLException {
    open(
        database,
        2,
        "larder.cache.max-bytes",
        "32KB",
        "larder.cache.max-result-bytes",
        "8KB",
        "larder.cache.max-result-rows",
        "100");
    database.execute("create table many (id int primary key, word varchar(2000))");
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < 300; i++) {
        statement.addBatch("insert into many values (" + i + ", '" + "w".repeat(1_500) + i + "')");
      }
      statement.executeBatch();
    }
    for (String sql :
        List.of(
            "select id from many order by id",
            "select word from many where id < 50 order by id",
            "select word from many order by id")) {
      Outcome expected = Outcome.ofText(database.dataSource(), sql);
      for (int i = 0; i < 3; i++) {
        assertThat(Outcome.ofText(larder, sql)).isEqualTo(expected);
      }
    }
    assertThat(larder.statistics().stores()).isZero();
    assertThat(larder.statistics().bypasses()).containsEntry(BypassReason.RESULT_TOO_LARGE, 9L);
    for (int i = 0; i < 300; i++) {
      Outcome.ofText(larder, "select word from many where id = " + i);
    }
    // Dropping is the work of another thread.
    await("the bound to hold", () -> larder.statistics().bytes() <= 32 << 10);
    assertThat(larder.statistics().stores()).isEqualTo(300);
  }

  // Listeners.

  @EachDatabase
  void aListenerThatThrowsHarmsNoWrite(TestDatabase database) throws SQLException {
    larder
        .invalidation()
        .onChange(
            change -> {
              throw new IllegalStateException("deliberate");
            });
    larder
        .invalidation()
        .onChange(
            change -> {
              throw new LinkageError("deliberate");
            });
    Outcome.ofText(larder, ONE);
    assertThat(Outcome.ofText(larder, "update book set title = 'new' where id = 1"))
        .isEqualTo(new Outcome(List.of(1), ""));
    try (Connection connection = larder.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.executeUpdate("update book set title = 'newer' where id = 1");
      connection.commit();
    }
    assertThat(Outcome.ofText(larder, ONE)).isEqualTo(new Outcome(List.of(List.of("newer")), ""));
  }

  // Flights.

  /** Callers of one query that wait for a leader whom a lock holds up. */
  private final class HeldUp implements AutoCloseable {
    final Connection locker;
    final ExecutorService callers = Executors.newCachedThreadPool();
    final List<Future<Outcome>> answers = new ArrayList<>();
    final CompletableFuture<Statement> leader = new CompletableFuture<>();

    HeldUp(TestDatabase database) throws SQLException {
      Outcome.ofText(larder, "select id from book");
      locker = database.connect();
      locker.setAutoCommit(false);
      try (Statement statement = locker.createStatement()) {
        switch (database.product()) {
          case POSTGRESQL -> statement.execute("lock table book in access exclusive mode");
          case MARIADB, MYSQL -> statement.execute("lock tables book write");
          case H2 -> throw new IllegalStateException("H2's readers wait for nobody");
        }
      }
    }

    void lead(int timeoutSeconds) {
      long before = larder.statistics().statementsToDatabase();
      ask(timeoutSeconds);
      await("the leader to ask", () -> larder.statistics().statementsToDatabase() > before);
    }

    void ask(int timeoutSeconds) {
      answers.add(
          callers.submit(
              () ->
                  Outcome.of(
                      larder,
                      (connection, results) -> {
                        try (Statement statement = connection.createStatement()) {
                          leader.complete(statement);
                          statement.setQueryTimeout(timeoutSeconds);
                          try (ResultSet rows = statement.executeQuery(ONE)) {
                            while (rows.next()) {
                              results.add(Outcome.row(rows));
                            }
                          }
                        }
                      })));
    }

    Thread follow() {
      CompletableFuture<Thread> thread = new CompletableFuture<>();
      answers.add(
          callers.submit(
              () -> {
                thread.complete(Thread.currentThread());
                Outcome answer = Outcome.ofText(larder, ONE);
                return Thread.currentThread().isInterrupted()
                    ? new Outcome(answer.results(), answer.failure() + " interrupted")
                    : answer;
              }));
      Thread follower = thread.join();
      await("the follower to wait", () -> waits(follower));
      return follower;
    }

    private boolean waits(Thread thread) {
      return Arrays.stream(thread.getStackTrace())
          .anyMatch(
              frame ->
                  frame.getClassName().endsWith(".Wait") && frame.getMethodName().equals("await"));
    }

    /** A cancel that comes before the server has begun with the statement is of no effect. */
    Outcome cancelledLeader() throws Exception {
      Future<Outcome> answer = answers.get(0);
      for (int attempt = 0; attempt < 10; attempt++) {
        leader.join().cancel();
        try {
          return answer.get(2, TimeUnit.SECONDS);
        } catch (TimeoutException notYet) {
          // Again, and not before: it might reach whoever has the connection next.
        }
      }
      throw new AssertionError("the leader goes on");
    }

    List<Outcome> all() throws Exception {
      List<Outcome> all = new ArrayList<>();
      for (Future<Outcome> answer : answers) {
        all.add(answer.get(20, TimeUnit.SECONDS));
      }
      return all;
    }

    void release(String... statements) throws SQLException {
      try (Statement statement = locker.createStatement()) {
        for (String sql : statements) {
          statement.execute(sql);
        }
        if (!locker.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
          statement.execute("unlock tables");
        }
      }
      locker.commit();
    }

    @Override
    public void close() throws SQLException {
      locker.close();
      callers.shutdownNow();
    }
  }

  private static final Outcome ANSWER = new Outcome(List.of(List.of("one")), "");

  @EachDatabase({Product.POSTGRESQL, Product.MARIADB, Product.MYSQL})
  void whoIsInterruptedWhileWaitingIsAnsweredAndStaysInterrupted(TestDatabase database)
      throws Exception {
    try (HeldUp held = new HeldUp(database)) {
      held.lead(0);
      held.follow().interrupt();
      long before = larder.statistics().statementsToDatabase();
      await(
          "the interrupted to ask by itself",
          () -> larder.statistics().statementsToDatabase() >= before);
      held.release();
      assertThat(held.all()).containsExactly(ANSWER, new Outcome(ANSWER.results(), " interrupted"));
    }
  }

  @EachDatabase({Product.POSTGRESQL, Product.MARIADB, Product.MYSQL})
  void whoWaitedForALeaderThatFailedGetsAnErrorOfItsOwn(TestDatabase database) throws Exception {
    try (HeldUp held = new HeldUp(database)) {
      held.lead(0);
      held.follow();
      held.follow();
      held.release("drop table book");
      Outcome expected = Outcome.ofText(database.dataSource(), ONE);
      assertThat(expected.failure()).isNotEmpty();
      assertThat(held.all()).containsOnly(expected);
    }
  }

  @EachDatabase({Product.POSTGRESQL, Product.MARIADB, Product.MYSQL})
  void aLeaderThatIsCancelledTakesNobodyWithIt(TestDatabase database) throws Exception {
    try (HeldUp held = new HeldUp(database)) {
      held.lead(0);
      held.follow();
      held.follow();
      Outcome cancelled = held.cancelledLeader();
      assertThat(cancelled.failure()).isNotEmpty();
      held.release();
      assertThat(held.all()).containsExactly(cancelled, ANSWER, ANSWER);
    }
    assertThat(Outcome.ofText(larder, ONE)).isEqualTo(ANSWER);
  }

  @EachDatabase({Product.POSTGRESQL, Product.MARIADB, Product.MYSQL})
  void aLeaderThatTimesOutTakesNobodyWithIt(TestDatabase database) throws Exception {
    try (HeldUp held = new HeldUp(database)) {
      held.lead(1);
      held.follow();
      held.follow();
      Outcome late = held.answers.get(0).get(10, TimeUnit.SECONDS);
      assertThat(late.failure()).isNotEmpty();
      held.release();
      assertThat(held.all()).containsExactly(late, ANSWER, ANSWER);
    }
  }

  @EachDatabase({Product.POSTGRESQL, Product.MARIADB, Product.MYSQL})
  void whoHasATimeoutWaitsForALeaderNoLonger(TestDatabase database) throws Exception {
    open(database, 5, "larder.cache.max-load-wait", "10m");
    try (HeldUp held = new HeldUp(database)) {
      held.lead(0);
      held.ask(1);
      assertThat(held.answers.get(1).get(20, TimeUnit.SECONDS).failure()).isNotEmpty();
      assertThat(held.answers.get(0).isDone()).as("the lock is still held").isFalse();
      held.release();
      assertThat(held.all().get(0)).isEqualTo(ANSWER);
    }
  }

  // The pool.

  @EachDatabase
  void hitsAreAnsweredWhileThePoolIsExhausted(TestDatabase database) throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setDataSource(database.dataSource());
    config.setMaximumPoolSize(1);
    config.setConnectionTimeout(250);
    open(config);
    assertThat(Outcome.ofText(larder, ONE)).isEqualTo(ANSWER);
    try (Connection hog = pool.getConnection()) {
      assertThat(hog.isClosed()).isFalse();
      assertThat(Outcome.ofText(larder, ONE)).isEqualTo(ANSWER);
      String expected = Outcome.ofText(pool, "select 1").failure();
      assertThat(expected).isNotEmpty();
      assertThat(Outcome.ofText(larder, "select title from book where id = 2").failure())
          .isEqualTo(expected);
      assertThat(Outcome.ofText(larder, ONE)).isEqualTo(ANSWER);
    }
    assertThat(Outcome.ofText(larder, "select title from book where id = 2"))
        .isEqualTo(new Outcome(List.of(List.of("two")), ""));
  }

  @EachDatabase
  void twoHundredCallersOnFiveConnections(TestDatabase database) throws Exception {
    List<Future<Outcome>> answers = new ArrayList<>();
    ExecutorService callers = manyThreads();
    try {
      for (int i = 0; i < 200; i++) {
        int caller = i;
        answers.add(
            callers.submit(
                () ->
                    Outcome.of(
                        larder,
                        (connection, results) -> {
                          for (int j = 0; j < 10; j++) {
                            try (Statement statement = connection.createStatement()) {
                              if (caller % 20 == 0) {
                                statement.executeUpdate(
                                    "update book set title = 'two' where id = 2");
                              }
                              try (ResultSet rows =
                                  statement.executeQuery(
                                      "select title from book where id = " + (1 + j % 3))) {
                                while (rows.next()) {
                                  results.add(Outcome.row(rows));
                                }
                              }
                            }
                          }
                        })));
      }
      List<Object> expected = new ArrayList<>();
      for (int j = 0; j < 10; j++) {
        expected.add(List.of(List.of("one", "two", "three").get(j % 3)));
      }
      for (Future<Outcome> answer : answers) {
        assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(new Outcome(expected, ""));
      }
    } finally {
      callers.shutdownNow();
    }
  }

  /** Virtual threads where the JDK has them. */
  private static ExecutorService manyThreads() throws ReflectiveOperationException {
    return Runtime.version().feature() >= 21
        ? (ExecutorService)
            Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null)
        : Executors.newCachedThreadPool();
  }

  @EachDatabase
  void aStatementThatFailsLeavesItsConnectionUsable(TestDatabase database) throws SQLException {
    try (Connection connection = larder.getConnection();
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> statement.executeQuery("select nothing from book"))
            .isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> statement.executeUpdate("insert into book values (1, 'again')"))
            .isInstanceOf(SQLException.class);
        try (ResultSet row = statement.executeQuery(ONE)) {
          assertThat(row.next()).isTrue();
        }
      }
    }
  }

  private Explanation explain(String sql) {
    try {
      return larder.explain(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What is logged meanwhile: the tests' logger writes to standard error. */
  private static String logged(Runnable work) {
    PrintStream usual = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setErr(usual);
    }
    usual.print(log.toString(StandardCharsets.UTF_8));
    return log.toString(StandardCharsets.UTF_8);
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for " + what).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
