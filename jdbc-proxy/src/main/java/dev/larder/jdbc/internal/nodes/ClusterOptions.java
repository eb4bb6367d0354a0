package dev.larder.jdbc.internal.nodes;

import dev.larder.jdbc.internal.settings.Settings;
import dev.larder.jdbc.internal.settings.SourceSettings;
import java.time.Duration;

/**
 * The options of a cluster: which nodes belong together, where they meet, and how long they wait
 * for each other. Immutable and thread-safe.
 *
 * @param patience for how long a node may be silent before it is taken for dead
 */
public record ClusterOptions(
    SourceSettings.Redis meeting, Duration maxStaleness, Duration patience) {

  /** What the settings say. */
  public static ClusterOptions of(Settings settings) {
    return new ClusterOptions(
        settings.sources().redis(),
        settings.freshness().maxStaleness(),
        settings.freshness().commitQuarantine());
  }
}
