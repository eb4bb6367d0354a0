package dev.larder.jdbc.internal.proxy;

import dev.larder.jdbc.internal.delegate.StatementDelegate;
import dev.larder.jdbc.internal.execution.StatementRunner;
import dev.larder.jdbc.internal.waiting.RestOfTime;
import dev.larder.jdbc.internal.waiting.TimedStatement;
import dev.larder.jdbc.internal.waiting.WaitEnd;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The driver's side of the statement that an application holds: a statement that is opened when
 * something must reach the database, the time that it has, and its end. As thread-safe as the
 * driver's: one thread at a time, but for {@link #cancel} and {@link #close}.
 *
 * <p>{@link StatementResults}, {@link StatementExecution} and {@link LarderStatement} add what is
 * answered, what is run, and what JDBC asks. They are one object, because an application opens a
 * statement for each hit.
 */
abstract class StatementContext extends StatementDelegate implements TimedStatement {

  /** Opens the driver's statement. */
  @FunctionalInterface
  interface Opener<S extends Statement> {
    S open(Connection connection, String sql) throws SQLException;
  }

  /** A call on the driver's statement. */
  @FunctionalInterface
  interface StatementCall {
    void run(Statement statement) throws SQLException;
  }

  /** Lets a close be seen by others without the full fence that a volatile write costs. */
  private static final VarHandle CLOSED;

  static {
    try {
      CLOSED =
          MethodHandles.lookup().findVarHandle(StatementContext.class, "closed", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** A wait so short leaves the driver's own time limit as good as exact. */
  private static final long SHORT_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  final ConnectionContext connection;
  private final Opener<? extends Statement> opener;
  private volatile @Nullable Statement physical;
  private volatile boolean closed;

  /** Asked for while it was being executed, be it that nothing had reached the driver yet. */
  private volatile boolean cancelled;

  // What most statements never need, and so do not carry.

  private @Nullable StatementSettings settings;
  private volatile @Nullable DatabaseWork databaseWork;

  /** The connection's open statements are linked by these; it closes them with itself. */
  @Nullable StatementContext previous;

  @Nullable StatementContext next;

  StatementContext(ConnectionContext connection, Opener<? extends Statement> opener) {
    this.connection = connection;
    this.opener = opener;
  }

  /** A statement of which the driver's is there already. */
  StatementContext(ConnectionContext connection, Statement own) {
    this(connection, (c, sql) -> own);
    this.physical = own;
  }

  @Override
  protected Statement delegate() throws SQLException {
    requireOpen();
    Statement own = physical;
    if (own == null) {
      try {
        own = open(connection.delegate());
      } catch (SQLException e) {
        throw connection.withState(e);
      }
      physical = own;
      if (closed) {
        // By another thread, which did not see the driver's statement yet.
        own.close();
      }
    }
    connection.touch();
    return own;
  }

  /** The text that the driver's statement is opened with, where it is opened with one. */
  String sql() {
    return "";
  }

  private Statement open(Connection on) throws SQLException {
    Statement opened = opener.open(on, sql());
    try {
      if (settings != null) {
        settings.setAllOn(opened);
      }
      return opened;
    } catch (SQLException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /** A statement like this one on another node, and what is asked of it there. */
  @FunctionalInterface
  interface Elsewhere {
    ResultSet run(Statement statement) throws SQLException;
  }

  final ResultSet runOn(Connection other, Elsewhere execution) throws SQLException {
    Statement there = open(other);
    DatabaseWork work = databaseWork();
    work.elsewhere = there;
    try {
      requireOpen();
      requireNotEnded();
      return within(() -> execution.run(there));
    } catch (SQLException | RuntimeException e) {
      there.close();
      throw e;
    } finally {
      work.elsewhere = null;
    }
  }

  final boolean hasDriverStatement() {
    return physical != null;
  }

  /** The driver's statement, if it is open. */
  final @Nullable Statement driverStatementIfOpen() {
    return physical;
  }

  /** Closing it has failed: it is not asked again. */
  final void forgetDriverStatement() {
    physical = null;
  }

  final void requireOpen() throws SQLException {
    if (closed) {
      throw new SQLException("This statement has been closed", "55000");
    }
    connection.requireOpen();
  }

  final void set(String name, StatementCall call) throws SQLException {
    requireOpen();
    Statement own = physical;
    if (own != null) {
      call.run(own);
    }
    settings().add(name, call);
  }

  final StatementSettings settings() {
    StatementSettings known = settings;
    if (known == null) {
      known = new StatementSettings();
      settings = known;
    }
    return known;
  }

  final @Nullable StatementSettings settingsIfAny() {
    return settings;
  }

  /** Whether it closes itself with the last of its results. */
  final boolean isClosedOnCompletion() {
    return settings != null && settings.closeOnCompletion;
  }

  final @Nullable DatabaseWork databaseWorkIfAny() {
    return databaseWork;
  }

  final DatabaseWork databaseWork() {
    DatabaseWork known = databaseWork;
    if (known == null) {
      known = new DatabaseWork();
      databaseWork = known;
    }
    return known;
  }

  /** What was told of the result before is of no result any more. */
  final void forgetWarnings() {
    DatabaseWork known = databaseWork;
    if (known != null) {
      known.warnings = null;
    }
  }

  // Its time, and what ends it before.

  /** An execution begins. */
  final void startServing() {
    connection.serving(this);
    startTime();
    if (cancelled) {
      cancelled = false;
    }
  }

  final void startTime() {
    if (settings != null) {
      settings.startTime();
    }
  }

  @Override
  public final @Nullable WaitEnd ended() {
    if (closed) {
      return WaitEnd.STATEMENT_CLOSED;
    }
    if (cancelled) {
      return WaitEnd.CANCELLED;
    }
    return restNanos() <= 0 ? WaitEnd.TIMED_OUT : null;
  }

  private void requireNotEnded() throws SQLException {
    WaitEnd end = ended();
    if (end != null) {
      throw end.exception(connection.interruptions(), null);
    }
  }

  @Override
  public final long restNanos() {
    return settings == null ? Long.MAX_VALUE : settings.restNanos();
  }

  /** Pools and drivers meet faults of their own where another thread closes what they work on. */
  private <T> T onDriver(StatementRunner.Call<T> execution) throws SQLException {
    try {
      return execution.run();
    } catch (SQLException e) {
      throw connection.withState(e);
    } catch (RuntimeException e) {
      WaitEnd end = connection.isMarkedClosed() ? WaitEnd.CONNECTION_CLOSED : ended();
      if (end == null) {
        throw e;
      }
      throw end.exception(connection.interruptions(), e);
    }
  }

  /** Runs it on the driver within what waiting has left of the time. */
  final <T> T within(StatementRunner.Call<T> execution) throws SQLException {
    requireNotEnded();
    long left = restNanos();
    if (left == Long.MAX_VALUE
        || TimeUnit.SECONDS.toNanos(settings().queryTimeout()) - left < SHORT_WAIT_NANOS) {
      return onDriver(execution);
    }
    RestOfTime rest = new RestOfTime(this::cancelDriver, left);
    T result;
    try {
      result = onDriver(execution);
    } catch (SQLException e) {
      boolean isOver = rest.end() && connection.isCancelledByTimeLimit();
      throw isOver ? WaitEnd.TIMED_OUT.exception(connection.interruptions(), e) : e;
    } finally {
      rest.end();
    }
    return result;
  }

  @Override
  public void cancel() throws SQLException {
    requireOpen();
    if (connection.serving() == this) {
      cancelled = true;
      connection.endWait(this, WaitEnd.CANCELLED);
    }
    cancelDriver();
  }

  private void cancelDriver() throws SQLException {
    DatabaseWork work = databaseWork;
    Statement there = work == null ? null : work.elsewhere;
    Statement own = there == null ? physical : there;
    if (own != null) {
      onDriver(
          () -> {
            own.cancel();
            return own;
          });
    }
  }

  // Its end.

  /** Closes the result that it answered with last. */
  abstract void closeCurrentResult() throws SQLException;

  @Override
  public void close() throws SQLException {
    if (closed) {
      return;
    }
    CLOSED.setRelease(this, true);
    if (connection.serving() == this) {
      // By another thread, while this executes: the mark must be there before a wait is looked for.
      VarHandle.fullFence();
      connection.endWait(this, WaitEnd.STATEMENT_CLOSED);
    }
    connection.closed(this);
    try {
      closeCurrentResult();
    } finally {
      ResultSet kept = databaseWork == null ? null : databaseWork.elsewhereResult;
      if (kept != null) {
        kept.close();
      }
      Statement own = physical;
      if (own != null) {
        own.close();
      }
      connection.endHeld(this);
    }
  }

  @Override
  public boolean isClosed() throws SQLException {
    Statement own = physical;
    return closed || connection.isClosed() || (own != null && own.isClosed());
  }

  @Override
  public Connection getConnection() throws SQLException {
    requireOpen();
    return connection;
  }
}
