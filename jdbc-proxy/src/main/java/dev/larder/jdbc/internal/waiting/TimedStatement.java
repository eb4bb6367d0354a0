package dev.larder.jdbc.internal.waiting;

import org.jspecify.annotations.Nullable;

/** The statement that is being executed while its thread waits. Used by that thread. */
public interface TimedStatement {

  /** Why the execution is over, or null while it is not. Asked where it has to wait. */
  @Nullable WaitEnd ended();

  /** How much of its time the execution has left, which begins when this is asked first. */
  long restNanos();
}
