package dev.larder.jdbc.internal.waiting;

import dev.larder.jdbc.internal.session.Interruptions;
import org.jspecify.annotations.Nullable;

/** The connection whose thread waits. Used by that thread, and closed by any. */
public interface WaitingConnection {

  /** The statement that is being executed; null where another call waits. */
  @Nullable TimedStatement serving();

  /** What is being waited for; null when that is over. Others look for it to end it. */
  void waiting(@Nullable Wait wait);

  /** Whether somebody has closed or aborted it; asks nobody else. */
  boolean isMarkedClosed();

  /** How the driver says that a statement was interrupted. */
  Interruptions interruptions();
}
