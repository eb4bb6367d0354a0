package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Symptom: a half-hour's soak found two rows with versions that nobody had committed. A connection
 * that one thread closed while another was at a call of it that is no statement (a rollback, the
 * reading of the catalogue) went back to the pool at once. Its next user's transaction was then
 * what the rest of that call reached: committed, or rolled back, by a stranger.
 */
final class ClosedWhileTheDriverWorksTest {

  /** What one thread does on a connection that holds a physical one, in a transaction. */
  private enum Deed {
    ROLLBACK("rollback", Connection::rollback),
    SAVEPOINT("setSavepoint", c -> c.setSavepoint()),
    NAMED_SAVEPOINT("setSavepoint", c -> c.setSavepoint("s")),
    ISOLATION(
        "setTransactionIsolation",
        c -> c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE)),
    READ_ONLY("setReadOnly", c -> c.setReadOnly(true)),
    SCHEMA("setSchema", c -> c.setSchema("INFORMATION_SCHEMA")),
    HOLDABILITY(
        "setHoldability", c -> c.setHoldability(java.sql.ResultSet.CLOSE_CURSORS_AT_COMMIT)),
    COMMIT("commit", Connection::commit),
    AUTO_COMMIT("setAutoCommit", c -> c.setAutoCommit(true));

    private final String method;
    private final Call call;

    Deed(String method, Call call) {
      this.method = method;
      this.call = call;
    }
  }

  @FunctionalInterface
  private interface Call {
    void on(Connection connection) throws SQLException;
  }

  private final TestDatabase database = Databases.h2();
  private LarderDataSource larder;

  /** Which call of the driver's connection another thread's close comes between. */
  private volatile Predicate<String> between = call -> false;

  private final Thread user = Thread.currentThread();
  private volatile @Nullable Connection closed;
  private volatile @Nullable Integer onLoan;

  @BeforeEach
  void open() throws SQLException {
    database.execute("create table t (id int primary key)");
    Properties settings = new Properties();
    // Nobody polls the definitions then, and so borrows a connection that is not looked at here.
    settings.setProperty("larder.writers", "this-jvm");
    larder = LarderDataSource.wrap(watched(database.dataSource()), settings);
    try (Connection first = larder.getConnection()) {
      // The catalogue is read then, and by nobody else's connection later.
      write(first);
    }
    untilAllAreBack();
  }

  @AfterEach
  void close() {
    larder.close();
    database.close();
  }

  @ParameterizedTest
  @EnumSource
  void staysOnLoanUntilTheDriverHasAnswered(Deed deed) throws Exception {
    Connection connection = larder.getConnection();
    connection.setAutoCommit(false);
    write(connection);
    closed = connection;
    between = call -> call.startsWith(deed.method + "(");
    run(() -> deed.call.on(connection));
    assertThat(onLoan).as("connections on loan while the driver is at work").isEqualTo(1);
    untilAllAreBack();
  }

  @Test
  void soDoesOneThatGoesBackToASavepoint() throws Exception {
    Connection connection = larder.getConnection();
    connection.setAutoCommit(false);
    write(connection);
    Savepoint savepoint = connection.setSavepoint();
    closed = connection;
    between = call -> call.startsWith("rollback(");
    run(() -> connection.rollback(savepoint));
    assertThat(onLoan).isEqualTo(1);
    untilAllAreBack();
  }

  /** What Larder asks by itself on the application's own connection, after definitions changed. */
  @ParameterizedTest
  @ValueSource(strings = {"information_schema.settings", "information_schema.tables"})
  void soDoesOneThatLarderAsksSomething(String asked) throws Exception {
    Connection connection = larder.getConnection();
    write(connection);
    try (Statement statement = connection.createStatement()) {
      statement.execute("create table u (id int)");
    }
    closed = connection;
    between = call -> call.contains(asked);
    run(() -> connection.prepareStatement("select id from u").executeQuery().close());
    assertThat(onLoan).isEqualTo(1);
    untilAllAreBack();
  }

  /** A moment may pass: the catalogue is read in the background too, by another connection. */
  private void untilAllAreBack() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (larder.statistics().pool().active() > 0) {
      assertThat(System.nanoTime()).as("a connection is not given back").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private interface Action {
    void run() throws SQLException;
  }

  /** It may fail, as its connection is closed. */
  private static void run(Action action) {
    try {
      action.run();
    } catch (SQLException closed) {
      assertThat(closed.getSQLState()).isNotNull();
    }
  }

  private static void write(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("delete from t");
    }
  }

  private void closeMeanwhile() {
    between = call -> false;
    Connection connection = Objects.requireNonNull(closed);
    try {
      CompletableFuture.runAsync(
              () -> {
                try {
                  connection.close();
                } catch (SQLException e) {
                  throw new AssertionError(e);
                }
              })
          .get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    onLoan = larder.statistics().pool().active();
  }

  private DataSource watched(DataSource own) {
    return (DataSource) proxy(DataSource.class, own);
  }

  private Object proxy(Class<?> type, Object own) {
    return Proxy.newProxyInstance(
        ClosedWhileTheDriverWorksTest.class.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> {
          String call = method.getName() + "(" + Arrays.toString(arguments);
          boolean mine = Thread.currentThread() == user;
          if (mine && (between.test(call.toLowerCase(Locale.ROOT)) || between.test(call))) {
            closeMeanwhile();
          }
          Object answer;
          try {
            answer = method.invoke(own, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
          Class<?> returned = method.getReturnType();
          boolean ours = returned == Connection.class || returned == Statement.class;
          return ours && answer != null ? proxy(returned, answer) : answer;
        });
  }
}
