package dev.larder.jdbc.internal.settings;

import dev.larder.jdbc.Setting;
import java.time.Duration;
import java.util.List;

/**
 * The answers that nodes keep for each other. Immutable and thread-safe.
 *
 * @param uris of the server, or of several nodes of a cluster; empty for none
 * @param secrets the first of which values are written with; all of them are read with
 * @param maxValueBytes how large a value may be
 * @param ttl how long a value is kept at most
 * @param timeout how long one call may take
 */
public record TierSettings(
    List<String> uris, List<String> secrets, long maxValueBytes, Duration ttl, Duration timeout) {

  public TierSettings {
    uris = List.copyOf(uris);
    secrets = List.copyOf(secrets);
  }

  static TierSettings from(SettingsReader reader, SettingChecks checks) {
    TierSettings tier =
        new TierSettings(
            reader.redisUris(Setting.TIER_REDIS, checks.redis()),
            reader.secrets(Setting.TIER_REDIS_SECRET),
            reader.size(Setting.TIER_REDIS_MAX_VALUE_BYTES),
            reader.duration(Setting.TIER_REDIS_TTL),
            reader.duration(Setting.TIER_REDIS_TIMEOUT));
    reader.requireGiven(
        tier.uris.isEmpty() || !tier.secrets.isEmpty(),
        Setting.TIER_REDIS_SECRET,
        Setting.TIER_REDIS);
    reader.requireGiven(
        tier.uris.isEmpty() || reader.isGiven(Setting.INVALIDATION_REDIS),
        Setting.INVALIDATION_REDIS,
        Setting.TIER_REDIS);
    return tier;
  }

  /** Whether there is one. */
  public boolean isOn() {
    return !uris.isEmpty();
  }

  /** Without what may be secret. */
  @Override
  public String toString() {
    return isOn() ? "redis" : "none";
  }
}
