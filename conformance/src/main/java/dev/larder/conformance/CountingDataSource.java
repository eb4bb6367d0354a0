package dev.larder.conformance;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Stands below a cache, next to the driver, and counts the statements that reach the database; so
 * the count owes nothing to what the cache says of itself. Safe for use by several threads.
 */
final class CountingDataSource implements DataSource {

  /** Holds back every execution of one text until it is opened. */
  static final class Gate {
    private static final long LONGEST_SECONDS = 10;

    private final String text;
    private final CountDownLatch open = new CountDownLatch(1);
    private final AtomicLong arrived = new AtomicLong();

    private Gate(String text) {
      this.text = text;
    }

    /** How many executions of the text have come. */
    long arrived() {
      return arrived.get();
    }

    void open() {
      open.countDown();
    }

    private void pass(String sql) throws InterruptedException {
      if (sql.contains(text)) {
        arrived.incrementAndGet();
        boolean opened = open.await(LONGEST_SECONDS, TimeUnit.SECONDS);
        if (!opened) {
          throw new IllegalStateException("nobody opened the gate of: " + text);
        }
      }
    }
  }

  private interface Step {
    @Nullable Object take(Object self, Method method, Object[] arguments) throws Throwable;
  }

  private final DataSource database;
  private final @Nullable String user;
  private final @Nullable String password;
  private final AtomicLong statements;
  private volatile boolean unreachable;
  private volatile @Nullable Gate gate;

  CountingDataSource(DataSource database) {
    this(database, null, null, new AtomicLong());
  }

  private CountingDataSource(
      DataSource database, @Nullable String user, @Nullable String password, AtomicLong count) {
    this.database = database;
    this.user = user;
    this.password = password;
    this.statements = count;
  }

  /** The same database for another user, counted together with this. */
  CountingDataSource as(DataSource forAnybody, String otherUser, String otherPassword) {
    return new CountingDataSource(forAnybody, otherUser, otherPassword, statements);
  }

  /** How many statements have reached the database. */
  long statements() {
    return statements.get();
  }

  /** From now on, nothing gets through: no new connection, and no statement on an old one. */
  void unreachable(boolean gone) {
    unreachable = gone;
  }

  /** From now on, executions of texts that contain this wait at a gate. */
  Gate gateFor(String text) {
    Gate made = new Gate(text);
    gate = made;
    return made;
  }

  @Override
  public Connection getConnection() throws SQLException {
    checkReachable();
    return watch(user == null ? database.getConnection() : database.getConnection(user, password));
  }

  @Override
  public Connection getConnection(String otherUser, String otherPassword) throws SQLException {
    checkReachable();
    return watch(database.getConnection(otherUser, otherPassword));
  }

  private void checkReachable() throws SQLException {
    if (unreachable) {
      throw new SQLTransientConnectionException("no connection is to be had now", "08001");
    }
  }

  private Connection watch(Connection connection) {
    return proxy(
        Connection.class,
        connection,
        (self, method, arguments) -> {
          Object answer = call(connection, method, arguments);
          String text = arguments.length > 0 && arguments[0] instanceof String sql ? sql : "";
          return answer instanceof Statement statement
              ? watch(
                  (Connection) self,
                  statement,
                  method.getReturnType().asSubclass(Statement.class),
                  text)
              : answer;
        });
  }

  private <S extends Statement> Statement watch(
      Connection owner, Statement statement, Class<S> type, String text) {
    return proxy(
        type,
        type.cast(statement),
        (self, method, arguments) -> {
          if (method.getName().equals("getConnection")) {
            return owner;
          }
          if (method.getName().startsWith("execute")) {
            boolean named = arguments.length > 0 && arguments[0] instanceof String;
            reached(named ? (String) arguments[0] : text);
          }
          return call(statement, method, arguments);
        });
  }

  private void reached(String sql) throws SQLException, InterruptedException {
    checkReachable();
    statements.incrementAndGet();
    Gate current = gate;
    if (current != null) {
      current.pass(sql);
    }
  }

  private static <T> T proxy(Class<T> type, T target, Step step) {
    return type.cast(
        Proxy.newProxyInstance(
            CountingDataSource.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              Object[] given = arguments == null ? new Object[0] : arguments;
              if (method.getName().equals("equals") && given.length == 1) {
                return self == given[0];
              }
              return method.getDeclaringClass() == Object.class
                  ? call(target, method, given)
                  : step.take(self, method, given);
            }));
  }

  private static @Nullable Object call(Object target, Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException failure) {
      Throwable cause = failure.getCause();
      throw cause == null ? new SQLException(failure) : cause;
    }
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("no logger", "0A000");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw new SQLException("not a wrapper for " + type.getName(), "22023");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
