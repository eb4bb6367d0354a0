package dev.larder.jdbc.internal.proxy;

import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What the thread that uses a connection waits for, where no driver could end it: a connection of
 * the pool, another caller's load, the catalogue. Other threads may end the wait. Thread-safe.
 */
final class Wait {
  private final @Nullable LarderStatement statement;
  private final Runnable wake;
  private final AtomicReference<@Nullable WaitEnd> end = new AtomicReference<>();

  /**
   * @param statement the one that is being executed; null where another call waits
   * @param wake makes the wait end
   */
  Wait(@Nullable LarderStatement statement, Runnable wake) {
    this.statement = statement;
    this.wake = wake;
  }

  boolean isFor(LarderStatement asked) {
    return statement == asked;
  }

  /** Ends it; the first who does says why. */
  void end(WaitEnd why) {
    if (end.compareAndSet(null, why)) {
      wake.run();
    }
  }

  /** Ends it when that much time has passed, unless the alarm is cancelled before. */
  Future<?> endIn(long nanos) {
    return Alarm.in(nanos, () -> end(WaitEnd.TIMED_OUT));
  }

  /** Why it was ended; null if it was not. */
  @Nullable WaitEnd ended() {
    return end.get();
  }
}
