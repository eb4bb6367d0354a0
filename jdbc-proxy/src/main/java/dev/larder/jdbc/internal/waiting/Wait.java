package dev.larder.jdbc.internal.waiting;

import dev.larder.jdbc.internal.connection.LogicalConnection.Borrowing;
import dev.larder.jdbc.internal.pool.Acquisition;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A wait of the thread that uses a connection, where no driver could end it: for a connection of
 * the pool, another caller's load, the catalogue. Other threads may end the wait. Thread-safe.
 */
public final class Wait {

  /** Each statement that borrows a connection makes a wait: this spares it an object. */
  private static final AtomicReferenceFieldUpdater<Wait, @Nullable WaitEnd> END =
      AtomicReferenceFieldUpdater.newUpdater(Wait.class, WaitEnd.class, "end");

  private final @Nullable TimedStatement statement;
  private final Runnable wake;

  /** Why it was ended; null while it was not. */
  private volatile @Nullable WaitEnd end;

  /**
   * @param statement the one that is being executed; null where another call waits
   * @param wake makes the wait end
   */
  Wait(@Nullable TimedStatement statement, Runnable wake) {
    this.statement = statement;
    this.wake = wake;
  }

  /** Gets a connection, and waits for it no longer than that and the statement's time. */
  public static <T> T borrowing(WaitingConnection connection, Borrowing<T> borrowing, long maxNanos)
      throws SQLException {
    Acquisition acquisition = new Acquisition();
    Wait wait = begin(connection, acquisition);
    TimedStatement served = connection.serving();
    long rest = served == null ? maxNanos : Math.min(maxNanos, served.restNanos());
    Future<?> alarm = rest == Long.MAX_VALUE ? null : wait.endIn(rest);
    try {
      return borrowing.by(acquisition);
    } catch (SQLException e) {
      WaitEnd end = wait.ended();
      throw end == null ? e : end.exception(connection.interruptions(), e);
    } finally {
      connection.waiting(null);
      if (alarm != null) {
        alarm.cancel(false);
      }
    }
  }

  /**
   * Waits for what another thread brings, no longer than that and the statement's time.
   *
   * @return null too where nothing came within {@code maxNanos}
   */
  public static <T> @Nullable T await(
      WaitingConnection connection, CompletableFuture<T> coming, long maxNanos)
      throws SQLException, InterruptedException {
    CompletableFuture<Boolean> ended = new CompletableFuture<>();
    Wait wait = begin(connection, () -> ended.complete(true));
    TimedStatement served = connection.serving();
    long rest = served == null ? Long.MAX_VALUE : served.restNanos();
    try {
      CompletableFuture.anyOf(coming, ended).get(Math.min(maxNanos, rest), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      if (rest <= maxNanos) {
        wait.end(WaitEnd.TIMED_OUT);
      }
    } catch (ExecutionException failed) {
      // The other caller's failure is not this one's.
    } finally {
      connection.waiting(null);
    }
    WaitEnd end = wait.ended();
    if (end != null) {
      throw end.exception(connection.interruptions(), null);
    }
    return coming.isDone() && !coming.isCompletedExceptionally() ? coming.getNow(null) : null;
  }

  /**
   * @throws SQLException if what waits has been ended before
   */
  private static Wait begin(WaitingConnection connection, Runnable wake) throws SQLException {
    TimedStatement served = connection.serving();
    Wait wait = new Wait(served, wake);
    // Before it is asked what was ended: whoever ends something looks for a wait afterwards.
    connection.waiting(wait);
    WaitEnd end = served == null ? null : served.ended();
    if (connection.isMarkedClosed()) {
      end = WaitEnd.CONNECTION_CLOSED;
    }
    if (end != null) {
      connection.waiting(null);
      throw end.exception(connection.interruptions(), null);
    }
    return wait;
  }

  public boolean isFor(TimedStatement asked) {
    return statement == asked;
  }

  /** Ends it; the first who does says why. */
  public void end(WaitEnd why) {
    if (END.compareAndSet(this, null, why)) {
      wake.run();
    }
  }

  /** Ends it when that much time has passed, unless the alarm is cancelled before. */
  private Future<?> endIn(long nanos) {
    return Alarm.in(nanos, () -> end(WaitEnd.TIMED_OUT));
  }

  /** Why it was ended; null if it was not. */
  @Nullable WaitEnd ended() {
    return end;
  }
}
