package dev.larder.jdbc.internal.execution;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the database could not be reached when it was tried last: then one caller tries again now
 * and then, and the others are spared the wait. Thread-safe.
 */
final class Outage {

  private static final long BETWEEN_TRIES_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private static final Logger log = LoggerFactory.getLogger(Outage.class);

  /** A connection that is closed says so by the same state as one that was lost. */
  private static final String CLOSED = "08003";

  private static final String CANCELLED = "57014";

  private final AtomicLong nextTry = new AtomicLong();
  private volatile boolean lasts;

  /** Whether a failure says that the database cannot be reached, and nothing of the query. */
  boolean isShownBy(SQLException failure) {
    String state = failure.getSQLState();
    if (failure instanceof SQLTimeoutException || CANCELLED.equals(state)) {
      return false;
    }
    if (CLOSED.equals(state)) {
      return lasts;
    }
    if (state == null) {
      return failure instanceof SQLTransientConnectionException
          || failure instanceof SQLNonTransientConnectionException;
    }
    return state.startsWith("08") || state.startsWith("57") || state.startsWith("53");
  }

  /** Whether a failure is the answer of a database that was reached, and had its time. */
  boolean isAnswer(SQLException failure) {
    return !(failure instanceof SQLTimeoutException)
        && failure.getSQLState() != null
        && !CANCELLED.equals(failure.getSQLState())
        && !failure.getSQLState().startsWith("08")
        && !isShownBy(failure);
  }

  /** Whether this caller need not try. */
  boolean spares() {
    if (!lasts) {
      return false;
    }
    long now = System.nanoTime();
    long next = nextTry.get();
    return now - next < 0 || !nextTry.compareAndSet(next, now + BETWEEN_TRIES_NANOS);
  }

  void begins(SQLException failure) {
    nextTry.set(System.nanoTime() + BETWEEN_TRIES_NANOS);
    if (!lasts) {
      lasts = true;
      log.warn(
          "The database cannot be reached (SQLSTATE {}): answers are served past their age bound,"
              + " as larder.stale-on-error says",
          failure.getSQLState());
    }
  }

  void ends() {
    if (lasts) {
      lasts = false;
      log.info("The database can be reached again");
    }
  }
}
