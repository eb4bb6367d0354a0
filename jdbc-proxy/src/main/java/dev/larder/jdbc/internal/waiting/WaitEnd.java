package dev.larder.jdbc.internal.waiting;

import dev.larder.jdbc.internal.session.Interruptions;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Why a statement waits no longer, and what the driver says where that ends one at work. */
public enum WaitEnd {
  CANCELLED,
  TIMED_OUT,
  STATEMENT_CLOSED,
  CONNECTION_CLOSED;

  /**
   * What the driver says of it.
   *
   * @param cause what the wait itself ended with, or null
   */
  public SQLException exception(Interruptions interruptions, @Nullable Throwable cause) {
    return switch (this) {
      case CANCELLED -> interruptions.cancelled(cause);
      case TIMED_OUT -> interruptions.timedOut(cause);
      case STATEMENT_CLOSED -> interruptions.statementClosed(cause);
      case CONNECTION_CLOSED -> interruptions.connectionClosed(cause);
    };
  }
}
