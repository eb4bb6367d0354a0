package dev.larder.jdbc.internal.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One caller's wait for a connection, which another thread may end. Thread-safe.
 *
 * <p>HikariCP knows one way to leave its queue early: the thread is interrupted. The interruption
 * is Larder's own, so nothing of it is left when the wait is over.
 */
public final class Acquisition implements Runnable {
  private @Nullable Thread waiter;
  private boolean ended;
  private boolean interrupted;

  /** Ends the wait, now or as soon as it begins. */
  public synchronized void end() {
    ended = true;
    if (waiter != null && !interrupted) {
      interrupted = true;
      waiter.interrupt();
    }
  }

  /** The same: a wait that is woken by this needs no object for that. */
  @Override
  public void run() {
    end();
  }

  /** Whether somebody ended it, be it too late. */
  public synchronized boolean isEnded() {
    return ended;
  }

  /** A connection of a pool whose waiters bear an interruption. */
  Connection from(DataSource pool) throws SQLException {
    begin();
    try {
      return pool.getConnection();
    } finally {
      over();
    }
  }

  private synchronized void begin() throws SQLException {
    if (ended) {
      throw new SQLTransientConnectionException("the wait for a connection was ended", "08001");
    }
    waiter = Thread.currentThread();
  }

  private synchronized void over() {
    waiter = null;
    if (interrupted) {
      Thread.interrupted();
    }
  }
}
