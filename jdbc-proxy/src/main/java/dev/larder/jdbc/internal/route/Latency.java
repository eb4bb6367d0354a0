package dev.larder.jdbc.internal.route;

import java.util.concurrent.atomic.AtomicLong;

/** The moving average of how long a node's answers take. Thread-safe and lock-free. */
final class Latency {

  private static final double WEIGHT = 0.1;

  private final AtomicLong bits = new AtomicLong(Double.doubleToRawLongBits(0));

  /** A node that has not answered yet counts as quick, so that it is tried. */
  double nanos() {
    return Double.longBitsToDouble(bits.get());
  }

  void took(long nanos) {
    bits.updateAndGet(
        old -> {
          double mean = Double.longBitsToDouble(old);
          return Double.doubleToRawLongBits(mean == 0 ? nanos : mean + WEIGHT * (nanos - mean));
        });
  }
}
