package dev.larder.hibernate;

import org.jspecify.annotations.Nullable;

/**
 * The settings of the second-level cache, given like any of Hibernate's. Immutable and thread-safe.
 *
 * <p>Those of a region may also be given for one region: {@code
 * hibernate.larder.region.<name>.max-entries}.
 */
public enum CacheSetting {
  /** How many entries a region holds at most. Given up where {@link #MAX_BYTES} is set. */
  MAX_ENTRIES("max-entries", "10000", true),

  /** How many bytes the entries of a region take at most, by estimate; not set: no such bound. */
  MAX_BYTES("max-bytes", null, true),

  /** How long an entry lives at most, such as {@code 30s}; not set: no such bound. */
  MAX_AGE("max-age", null, true),

  /**
   * Who writes the database, where no {@code LarderDataSource} is below that knows it: {@code
   * anyone} or {@code this-jvm}.
   */
  WRITERS("writers", "anyone", false),

  /** How old an answer may be for the sake of writers that nobody sees, where anyone writes. */
  MAX_STALENESS("max-staleness", "5s", false);

  private static final String PREFIX = "hibernate.larder.";

  private final String word;
  private final @Nullable String value;
  private final boolean perRegion;

  CacheSetting(String word, @Nullable String value, boolean perRegion) {
    this.word = word;
    this.value = value;
    this.perRegion = perRegion;
  }

  /** The name of the property. */
  public String property() {
    return PREFIX + word;
  }

  /** The name of the property for one region. */
  public String property(String region) {
    return PREFIX + "region." + region + "." + word;
  }

  /** What holds where the property is not given, or null. */
  public @Nullable String defaultValue() {
    return value;
  }

  /** Whether it may be given for one region. */
  public boolean isPerRegion() {
    return perRegion;
  }
}
