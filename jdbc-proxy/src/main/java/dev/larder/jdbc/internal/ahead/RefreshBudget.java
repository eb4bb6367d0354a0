package dev.larder.jdbc.internal.ahead;

import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * How much of the database's time may be spent ahead: a share of what hits have saved. For one
 * thread.
 */
final class RefreshBudget {

  /** What was saved long ago is no reason to spend much at once. */
  private static final double MOST_LEFT = TimeUnit.SECONDS.toNanos(5);

  private final double share;
  private final DoubleSupplier savedNanos;
  private double spent;

  /**
   * @param savedNanos what all hits have saved so far
   */
  RefreshBudget(double share, DoubleSupplier savedNanos) {
    this.share = share;
    this.savedNanos = savedNanos;
  }

  /** Whether a load that takes so long may be made. */
  boolean allows(double nanos) {
    double left = savedNanos.getAsDouble() * share - spent;
    if (left > MOST_LEFT) {
      spent += left - MOST_LEFT;
      left = MOST_LEFT;
    }
    return left >= nanos;
  }

  void spent(double nanos) {
    spent += nanos;
  }
}
