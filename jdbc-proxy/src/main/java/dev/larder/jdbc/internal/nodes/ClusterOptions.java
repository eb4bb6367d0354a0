package dev.larder.jdbc.internal.nodes;

import dev.larder.jdbc.internal.settings.Settings;
import dev.larder.jdbc.internal.settings.SourceSettings;
import dev.larder.jdbc.internal.settings.TierSettings;
import java.time.Duration;

/**
 * The options of a cluster: which nodes belong together, where they meet, and how long they wait
 * for each other. Immutable and thread-safe.
 *
 * @param patience for how long a node may be silent before it is taken for dead
 * @param keptFor for how long the stream keeps what it has
 */
public record ClusterOptions(
    SourceSettings.Redis meeting, Duration maxStaleness, Duration patience, Duration keptFor) {

  /** Long enough for a restart, and for answers that were read a while before it. */
  private static final Duration LONGEST_REPLAY = Duration.ofMinutes(10);

  /** What the settings say. */
  public static ClusterOptions of(Settings settings) {
    Duration patience = settings.freshness().commitQuarantine();
    return new ClusterOptions(
        settings.sources().redis(),
        settings.freshness().maxStaleness(),
        patience,
        longest(patience.multipliedBy(2), replayed(settings.connections().tier())));
  }

  /** Who starts looks back as far as the tier has answers. */
  private static Duration replayed(TierSettings tier) {
    return !tier.isOn()
        ? Duration.ZERO
        : tier.ttl().compareTo(LONGEST_REPLAY) < 0 ? tier.ttl() : LONGEST_REPLAY;
  }

  private static Duration longest(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }
}
