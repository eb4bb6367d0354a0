package dev.larder.jdbc.internal.settings;

import dev.larder.jdbc.Setting;
import java.time.Duration;

/**
 * How much memory holds, and what is worth being held. Immutable and thread-safe.
 *
 * @param maxLoadWait how long a query waits for another caller's load of the same, which is a way
 *     of being served as well
 */
public record MemorySettings(
    long maxBytes,
    long maxResultBytes,
    int maxResultRows,
    Duration maxLoadWait,
    Admission admission) {

  static MemorySettings from(SettingsReader reader, Serving serving) {
    long maxBytes = reader.size(Setting.CACHE_MAX_BYTES);
    return new MemorySettings(
        maxBytes,
        maxResultBytes(reader, maxBytes),
        reader.number(Setting.CACHE_MAX_RESULT_ROWS),
        serving == Serving.ON ? reader.duration(Setting.CACHE_MAX_LOAD_WAIT) : Duration.ZERO,
        reader.choice(Setting.ADMISSION, Admission.class));
  }

  /** A default gives way to the whole cache's bound; a value that was given must fit under it. */
  private static long maxResultBytes(SettingsReader reader, long maxBytes) {
    long bytes = reader.size(Setting.CACHE_MAX_RESULT_BYTES);
    reader.require(
        bytes <= maxBytes || !reader.isGiven(Setting.CACHE_MAX_RESULT_BYTES),
        Setting.CACHE_MAX_RESULT_BYTES,
        "must not be more than " + Setting.CACHE_MAX_BYTES.property());
    return Math.min(bytes, maxBytes);
  }
}
