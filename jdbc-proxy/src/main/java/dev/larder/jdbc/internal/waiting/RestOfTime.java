package dev.larder.jdbc.internal.waiting;

import java.sql.SQLException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels the driver's statement when the time that waiting has left it is over: the driver's own
 * limit begins with the execution and knows nothing of the wait. Thread-safe.
 */
public final class RestOfTime {
  private static final Logger log = LoggerFactory.getLogger(RestOfTime.class);

  /** Cancels the driver's statement. */
  @FunctionalInterface
  public interface CancelCall {
    void run() throws SQLException;
  }

  private final CancelCall cancelCall;
  private final ReentrantLock lock = new ReentrantLock();
  private final Future<?> alarm;
  private boolean over;
  private boolean cancelled;

  public RestOfTime(CancelCall cancelCall, long nanos) {
    this.cancelCall = cancelCall;
    this.alarm = Alarm.callIn(nanos, this::cancel);
  }

  private void cancel() {
    lock.lock();
    try {
      // A cancel that comes too late would meet the next statement.
      if (!over) {
        cancelled = true;
        cancelCall.run();
      }
    } catch (SQLException | RuntimeException e) {
      log.debug("A statement whose time was over could not be cancelled", e);
    } finally {
      lock.unlock();
    }
  }

  /** The execution has ended; whether it was cancelled before. */
  public boolean end() {
    alarm.cancel(false);
    lock.lock();
    try {
      over = true;
      return cancelled;
    } finally {
      lock.unlock();
    }
  }
}
