package dev.larder.jdbc.internal.settings;

/** How connections to the nodes of the database are had. Immutable and thread-safe. */
public record ConnectionSettings(PoolSettings pool, ReplicaSettings replicas) {

  static ConnectionSettings from(SettingsReader reader) {
    return new ConnectionSettings(PoolSettings.from(reader), ReplicaSettings.from(reader));
  }
}
