package dev.larder.jdbc.internal.settings;

/**
 * How connections to the nodes of the database are had, and what is asked before one is. Immutable
 * and thread-safe.
 *
 * @param tier the answers that the nodes of a cluster keep for each other
 */
public record ConnectionSettings(PoolSettings pool, ReplicaSettings replicas, TierSettings tier) {

  static ConnectionSettings from(SettingsReader reader, SettingChecks checks) {
    return new ConnectionSettings(
        PoolSettings.from(reader), ReplicaSettings.from(reader), TierSettings.from(reader, checks));
  }
}
