package dev.larder.jdbc.internal.settings;

import dev.larder.jdbc.InvalidSettingsException;
import dev.larder.jdbc.Setting;
import java.util.Properties;

/** What {@link Setting} lists, typed: a group for each question. Immutable and thread-safe. */
public record Settings(
    FreshnessSettings freshness,
    MemorySettings memory,
    AheadSettings ahead,
    AnalysisSettings analysis,
    SourceSettings sources,
    ConnectionSettings connections,
    ConsoleSettings console) {

  public static final Settings DEFAULTS = from(new Properties());

  /** As {@link #from(Properties, SettingChecks)}, without those checks. */
  public static Settings from(Properties properties) {
    return from(properties, SettingChecks.NONE);
  }

  /**
   * Reads settings from text, every property of which must be a setting.
   *
   * @param checks what is to be checked of some values elsewhere
   * @throws InvalidSettingsException naming every unknown name and every value out of range
   */
  public static Settings from(Properties properties, SettingChecks checks) {
    SettingsReader reader = new SettingsReader(properties);
    FreshnessSettings freshness = FreshnessSettings.from(reader);
    Settings settings =
        new Settings(
            freshness,
            MemorySettings.from(reader, freshness.serving()),
            AheadSettings.from(reader, freshness.serving()),
            AnalysisSettings.from(reader, checks.functions()),
            SourceSettings.from(reader, checks),
            ConnectionSettings.from(reader, checks),
            ConsoleSettings.from(reader, checks));
    reader.finish();
    return settings;
  }
}
