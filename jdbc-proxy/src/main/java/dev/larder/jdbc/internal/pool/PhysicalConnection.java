package dev.larder.jdbc.internal.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BiConsumer;

/**
 * A physical connection on loan, with what is known of it. Used by one thread at a time, but for
 * {@link #abort}; giving it back a second time does nothing.
 *
 * @param <P> what is known of a connection
 */
public final class PhysicalConnection<P> {

  private static final VarHandle RETURNED;

  static {
    try {
      RETURNED =
          MethodHandles.lookup().findVarHandle(PhysicalConnection.class, "returned", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Connection connection;
  private final Connection driver;
  private final BiConsumer<Connection, P> memory;
  private final ConnectionReturn back;
  private P profile;
  private volatile boolean returned;

  /**
   * @param driver what a pool has wrapped in it; the connection itself where that is not told
   * @param memory remembers what else is found out, for who is lent the connection next
   */
  PhysicalConnection(
      Connection connection,
      Connection driver,
      P profile,
      BiConsumer<Connection, P> memory,
      ConnectionReturn back) {
    this.connection = connection;
    this.driver = driver;
    this.profile = profile;
    this.memory = memory;
    this.back = back;
  }

  /** The connection; not to be used after it was given back. */
  public Connection connection() {
    return connection;
  }

  /** The connection in auto-commit, as its pool may lend it in another mode. */
  public Connection inAutoCommit() throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.setAutoCommit(true);
    }
    return connection;
  }

  /**
   * The connection to be asked what it is set to. A pool may answer with what it was told, and
   * where the pool is Larder's own, that is not what the application would hear.
   */
  public Connection asked() {
    return back.isOfOwnPool() ? driver : connection;
  }

  /** Whether it, or what a pool wraps in it, is closed. */
  public boolean isClosed() throws SQLException {
    return connection.isClosed() || (driver != connection && driver.isClosed());
  }

  /** What was found out when the physical connection was opened (or first seen), or since. */
  public P profile() {
    return profile;
  }

  /** Something else is known of it from here on, whoever is lent it. */
  public void learn(P found) {
    profile = found;
    memory.accept(driver, found);
  }

  /**
   * Gives it back for others to use: the caller left nothing behind in its session. A transaction
   * that is still open is rolled back; a pool must never commit what its caller did not.
   *
   * @throws SQLException what the driver said when the connection was closed or rolled back; it is
   *     given back in any case
   */
  public void release() throws SQLException {
    if (!isFirstReturn()) {
      return;
    }
    try {
      if (!connection.isClosed() && !connection.getAutoCommit()) {
        connection.rollback();
      }
    } catch (SQLException | RuntimeException broken) {
      back.discard(connection);
      throw broken;
    }
    back.release(connection);
  }

  private boolean isFirstReturn() {
    return RETURNED.compareAndSet(this, false, true);
  }

  /** Cuts it under whoever waits for an answer on it, who gives it back. */
  public void abort() {
    ForeignReturn.abort(connection);
  }

  /** Closes it physically, so that nobody is ever lent what is left in its session. */
  public void discard() {
    if (isFirstReturn()) {
      back.discard(connection);
    }
  }
}
