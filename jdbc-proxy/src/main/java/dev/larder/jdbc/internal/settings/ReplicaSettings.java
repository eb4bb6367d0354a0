package dev.larder.jdbc.internal.settings;

import dev.larder.jdbc.Setting;
import java.time.Duration;
import java.util.List;

/**
 * Which nodes answer reads beside the primary. Immutable and thread-safe.
 *
 * @param urls the drivers' own
 * @param maxLag how far behind a replica may be for a text that accepts it
 */
public record ReplicaSettings(List<String> urls, Duration maxLag) {

  public ReplicaSettings {
    urls = List.copyOf(urls);
  }

  static ReplicaSettings from(SettingsReader reader) {
    return new ReplicaSettings(
        reader.urls(Setting.REPLICAS), reader.duration(Setting.REPLICAS_MAX_LAG));
  }
}
