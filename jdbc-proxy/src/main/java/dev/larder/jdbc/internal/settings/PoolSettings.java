package dev.larder.jdbc.internal.settings;

import dev.larder.jdbc.Setting;
import java.time.Duration;

/**
 * How Larder's own pool behaves; a duration of zero switches its feature off. Immutable and
 * thread-safe.
 */
public record PoolSettings(
    int maximumSize, int minimumIdle, Adaptive adaptive, Waits waits, Lifetimes lifetimes) {

  /**
   * How the pool finds its size itself.
   *
   * @param isOn whether it does
   * @param nodes how many nodes share the server
   */
  public record Adaptive(boolean isOn, int minimumSize, int maximumSize, int nodes) {}

  /**
   * How long something may take.
   *
   * @param connection for a connection to be had
   * @param validation for it to answer
   * @param leakDetection until the log tells of one that was not given back
   */
  public record Waits(Duration connection, Duration validation, Duration leakDetection) {}

  /**
   * How long a connection is kept.
   *
   * @param idle while nobody uses it
   * @param most at most
   * @param keepalive until one that nobody uses is asked for a sign of life
   */
  public record Lifetimes(Duration idle, Duration most, Duration keepalive) {}

  private static final Duration LONGEST_WAIT_FOR_A_REPLICA = Duration.ofMillis(500);
  private static final Duration LONGEST_VALIDATION_OF_A_REPLICA = Duration.ofMillis(250);

  static PoolSettings from(SettingsReader reader) {
    int maximumSize = reader.number(Setting.POOL_MAXIMUM_SIZE);
    int minimumIdle = reader.number(Setting.POOL_MINIMUM_IDLE);
    reader.require(
        minimumIdle <= maximumSize,
        Setting.POOL_MINIMUM_IDLE,
        "must not be more than " + Setting.POOL_MAXIMUM_SIZE.property());
    Duration maxLifetime = reader.duration(Setting.POOL_MAX_LIFETIME);
    return new PoolSettings(
        maximumSize,
        minimumIdle,
        adaptive(reader),
        new Waits(
            reader.duration(Setting.POOL_CONNECTION_TIMEOUT),
            reader.duration(Setting.POOL_VALIDATION_TIMEOUT),
            withinLifetime(reader, Setting.POOL_LEAK_DETECTION_THRESHOLD, maxLifetime)),
        new Lifetimes(
            withinLifetime(reader, Setting.POOL_IDLE_TIMEOUT, maxLifetime),
            maxLifetime,
            withinLifetime(reader, Setting.POOL_KEEPALIVE_TIME, maxLifetime)));
  }

  private static Adaptive adaptive(SettingsReader reader) {
    int minimum = reader.number(Setting.POOL_ADAPTIVE_MINIMUM_SIZE);
    int maximum = reader.number(Setting.POOL_ADAPTIVE_MAXIMUM_SIZE);
    reader.require(
        minimum <= maximum,
        Setting.POOL_ADAPTIVE_MINIMUM_SIZE,
        "must not be more than " + Setting.POOL_ADAPTIVE_MAXIMUM_SIZE.property());
    // Who gives a size and nothing else wants that size.
    boolean sizeIsMeant =
        reader.isGiven(Setting.POOL_MAXIMUM_SIZE)
            && !reader.isGiven(Setting.POOL_ADAPTIVE)
            && !reader.isGiven(Setting.POOL_ADAPTIVE_MINIMUM_SIZE)
            && !reader.isGiven(Setting.POOL_ADAPTIVE_MAXIMUM_SIZE);
    boolean isOn = reader.flag(Setting.POOL_ADAPTIVE) && !sizeIsMeant;
    return new Adaptive(isOn, minimum, maximum, reader.number(Setting.POOL_NODES));
  }

  /**
   * HikariCP drops, with a warning, what does not fit into a connection's lifetime. Here a value
   * that was given is a mistake to report, and a default is switched off.
   */
  private static Duration withinLifetime(
      SettingsReader reader, Setting setting, Duration maxLifetime) {
    Duration value = reader.duration(setting);
    boolean fits = maxLifetime.isZero() || value.plusSeconds(1).compareTo(maxLifetime) <= 0;
    reader.require(
        fits || !reader.isGiven(setting),
        setting,
        "must be at least 1s less than " + Setting.POOL_MAX_LIFETIME.property());
    return fits ? value : Duration.ZERO;
  }

  /** How many connections may be open at once to begin with. */
  public int initialSize() {
    return adaptive.isOn
        ? Math.max(adaptive.minimumSize, Math.min(maximumSize, adaptive.maximumSize))
        : maximumSize;
  }

  /** The same for a replica: a read does not wait long for it, since another node can answer. */
  public PoolSettings ofReplica() {
    Waits shorter =
        new Waits(
            least(waits.connection, LONGEST_WAIT_FOR_A_REPLICA),
            least(waits.validation, LONGEST_VALIDATION_OF_A_REPLICA),
            waits.leakDetection);
    return new PoolSettings(maximumSize, 0, adaptive, shorter, lifetimes);
  }

  private static Duration least(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
