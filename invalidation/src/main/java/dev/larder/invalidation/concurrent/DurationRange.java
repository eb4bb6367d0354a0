package dev.larder.invalidation.concurrent;

import java.time.Duration;

/**
 * The durations between two, both included. Immutable and thread-safe.
 *
 * @param shortest not longer than {@code longest}
 */
public record DurationRange(Duration shortest, Duration longest) {

  public static DurationRange ofMillis(long shortest, long longest) {
    return new DurationRange(Duration.ofMillis(shortest), Duration.ofMillis(longest));
  }

  /** The one that is nearest to this. */
  public Duration nearestTo(Duration wanted) {
    if (wanted.compareTo(shortest) < 0) {
      return shortest;
    }
    return wanted.compareTo(longest) > 0 ? longest : wanted;
  }
}
