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
    Duration leakDetectionThreshold) {}
