package dev.larder.jdbc.internal.route;

import dev.larder.jdbc.internal.pool.PhysicalConnection;
import dev.larder.jdbc.internal.session.Interruptions;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A replica's connection, for one read. Used by one thread; ending it a second time does nothing.
 */
public final class Lease {

  private static final Logger log = LoggerFactory.getLogger(Lease.class);

  /** Classes of SQLSTATE that speak of the server or the way there rather than of the query. */
  private static final Set<String> SERVER_CLASSES = Set.of("08", "53", "57", "58", "XX");

  private final Replica replica;
  private final PhysicalConnection<PhysicalProfile> borrowed;
  private final long beganNanos;
  private final Interruptions interruptions;
  private final AtomicBoolean over = new AtomicBoolean();

  Lease(
      Replica replica,
      PhysicalConnection<PhysicalProfile> borrowed,
      long beganNanos,
      Interruptions interruptions) {
    this.replica = replica;
    this.borrowed = borrowed;
    this.beganNanos = beganNanos;
    this.interruptions = interruptions;
  }

  public Connection connection() {
    return borrowed.connection();
  }

  /** Whether the application, or a time limit it set, ended the query. */
  public boolean isCancelled(SQLException failure) {
    return interruptions.isInterruption(failure);
  }

  /** The read is over and its answer counts. */
  public void answered() {
    end(true);
  }

  /** The read is over, and its answer is not used. */
  public void wasted() {
    end(false);
  }

  private void end(boolean asPromised) {
    if (over.compareAndSet(false, true)) {
      replica.returned(borrowed, beganNanos, asPromised);
      try {
        borrowed.release();
      } catch (SQLException e) {
        log.debug("A replica's connection broke when it was given back", e);
      }
    }
  }

  /** The read failed; whose fault it was decides what becomes of the connection. */
  public void failed(SQLException failure) {
    String state = failure.getSQLState();
    boolean ofTheServer =
        state == null || state.length() < 2 || SERVER_CLASSES.contains(state.substring(0, 2));
    if (!ofTheServer || isCancelled(failure)) {
      end(false);
    } else if (over.compareAndSet(false, true)) {
      replica.failed(borrowed, beganNanos, failure);
      borrowed.discard();
    }
  }
}
