package dev.larder.jdbc.internal.settings;

import dev.larder.jdbc.Setting;
import java.util.Locale;

/**
 * How Larder hears of changes made elsewhere. Immutable and thread-safe.
 *
 * @param postgresUrl where a PostgreSQL source connects to; empty for the DataSource's own
 * @param publication which publication logical replication reads
 * @param maxRetainedWal how much log a slot may hold back on the server, in bytes
 * @param triggers what becomes of the triggers that notifications need
 */
public record SourceSettings(
    Postgres postgres,
    String postgresUrl,
    String publication,
    long maxRetainedWal,
    Triggers triggers) {

  /** The ways in which PostgreSQL tells. */
  public enum Postgres {
    OFF,
    LOGICAL,
    NOTIFY
  }

  /** What becomes of the triggers that notify. */
  public enum Triggers {
    CREATE,
    PRINT,
    REMOVE
  }

  static SourceSettings from(SettingsReader reader) {
    return new SourceSettings(
        reader.choice(Setting.INVALIDATION_POSTGRES, Postgres.class),
        reader.secret(
            Setting.INVALIDATION_POSTGRES_URL,
            url -> url.isEmpty() || url.startsWith("jdbc:postgresql:")),
        reader.name(Setting.INVALIDATION_POSTGRES_PUBLICATION),
        reader.size(Setting.INVALIDATION_POSTGRES_MAX_RETAINED_WAL),
        reader.choice(Setting.INVALIDATION_POSTGRES_TRIGGERS, Triggers.class));
  }

  /** The chosen way as the setting spells it. */
  public String word() {
    return postgres.name().toLowerCase(Locale.ROOT);
  }

  /** Without the URL, which holds a password. */
  @Override
  public String toString() {
    return "postgres=" + word();
  }
}
