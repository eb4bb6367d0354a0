package dev.larder.jdbc.internal.settings;

import java.time.Duration;

/**
 * How Larder's own pool behaves; a duration of zero switches its feature off. Immutable and
 * thread-safe.
 */
public record PoolSettings(
    int maximumSize,
    int minimumIdle,
    Duration connectionTimeout,
    Duration idleTimeout,
    Duration maxLifetime,
    Duration keepaliveTime,
    Duration validationTimeout,
    Duration leakDetectionThreshold,
    boolean adaptive,
    int adaptiveMinimum,
    int adaptiveMaximum,
    int nodes) {

  private static final Duration LONGEST_WAIT_FOR_A_REPLICA = Duration.ofMillis(500);
  private static final Duration LONGEST_VALIDATION_OF_A_REPLICA = Duration.ofMillis(250);

  /** How many connections may be open at once to begin with. */
  public int initialSize() {
    return adaptive
        ? Math.max(adaptiveMinimum, Math.min(maximumSize, adaptiveMaximum))
        : maximumSize;
  }

  /** The same for a replica: a read does not wait long for it, since another node can answer. */
  public PoolSettings ofReplica() {
    return new PoolSettings(
        maximumSize,
        0,
        least(connectionTimeout, LONGEST_WAIT_FOR_A_REPLICA),
        idleTimeout,
        maxLifetime,
        keepaliveTime,
        least(validationTimeout, LONGEST_VALIDATION_OF_A_REPLICA),
        leakDetectionThreshold,
        adaptive,
        adaptiveMinimum,
        adaptiveMaximum,
        nodes);
  }

  private static Duration least(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
