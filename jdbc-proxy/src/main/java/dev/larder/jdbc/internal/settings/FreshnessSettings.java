package dev.larder.jdbc.internal.settings;

import dev.larder.jdbc.Setting;
import java.time.Duration;

/**
 * Whether answers are kept, and what is done so that they are right. Immutable and thread-safe.
 *
 * @param serving whether memory answers
 * @param writers who may write what is cached
 * @param maxStaleness how old an answer may be where others write; zero keeps none then
 * @param commitQuarantine how long a commit of unknown outcome counts as going on
 * @param auditSample the share of answers that are compared with the database's
 */
public record FreshnessSettings(
    Serving serving,
    Writers writers,
    Duration maxStaleness,
    Duration commitQuarantine,
    double auditSample) {

  static FreshnessSettings from(SettingsReader reader) {
    return new FreshnessSettings(
        Serving.from(reader),
        reader.choice(Setting.WRITERS, Writers.class),
        reader.duration(Setting.MAX_STALENESS),
        reader.duration(Setting.COMMIT_QUARANTINE),
        reader.fraction(Setting.AUDIT_SAMPLE));
  }

  /** Whether answers are kept. */
  public boolean enabled() {
    return serving != Serving.OFF;
  }
}
