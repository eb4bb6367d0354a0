package dev.larder.jdbc.internal.settings;

import dev.larder.invalidation.TableName;
import dev.larder.jdbc.InvalidSettingsException;
import dev.larder.jdbc.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

/**
 * What {@link Setting} lists, typed. Immutable and thread-safe.
 *
 * @param replicas the drivers' own URLs
 * @param functions the text of {@code larder.functions}, whose syntax the catalogue knows
 */
public record Settings(
    boolean enabled,
    Writers writers,
    Duration maxStaleness,
    long maxBytes,
    long maxResultBytes,
    int maxResultRows,
    Duration maxLoadWait,
    Admission admission,
    TablePatterns includedTables,
    TablePatterns excludedTables,
    String functions,
    Duration commitQuarantine,
    int maxTextBytes,
    Duration analysisTimeout,
    SourceSettings sources,
    PoolSettings pool,
    List<String> replicas,
    Duration replicasMaxLag,
    double auditSample) {

  public Settings {
    replicas = List.copyOf(replicas);
  }

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
    long maxBytes = reader.size(Setting.CACHE_MAX_BYTES);
    Settings settings =
        new Settings(
            reader.flag(Setting.ENABLED),
            reader.choice(Setting.WRITERS, Writers.class),
            reader.duration(Setting.MAX_STALENESS),
            maxBytes,
            maxResultBytes(reader, maxBytes),
            reader.number(Setting.CACHE_MAX_RESULT_ROWS),
            reader.duration(Setting.CACHE_MAX_LOAD_WAIT),
            reader.choice(Setting.ADMISSION, Admission.class),
            reader.tables(Setting.TABLES_INCLUDE),
            reader.tables(Setting.TABLES_EXCLUDE),
            reader.text(Setting.FUNCTIONS, checks.functions()),
            reader.duration(Setting.COMMIT_QUARANTINE),
            (int) reader.size(Setting.ANALYSIS_MAX_TEXT_BYTES),
            reader.duration(Setting.ANALYSIS_TIMEOUT),
            SourceSettings.from(reader, checks),
            pool(reader),
            reader.urls(Setting.REPLICAS),
            reader.duration(Setting.REPLICAS_MAX_LAG),
            reader.fraction(Setting.AUDIT_SAMPLE));
    reader.finish();
    return settings;
  }

  /** Whether the settings let the rows of this table be stored. */
  public boolean admits(TableName table) {
    return (includedTables.isEmpty() || includedTables.match(table))
        && !excludedTables.match(table);
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

  private static PoolSettings pool(SettingsReader reader) {
    int maximumSize = reader.number(Setting.POOL_MAXIMUM_SIZE);
    int minimumIdle = reader.number(Setting.POOL_MINIMUM_IDLE);
    Duration maxLifetime = reader.duration(Setting.POOL_MAX_LIFETIME);
    reader.require(
        minimumIdle <= maximumSize,
        Setting.POOL_MINIMUM_IDLE,
        "must not be more than " + Setting.POOL_MAXIMUM_SIZE.property());
    int adaptiveMinimum = reader.number(Setting.POOL_ADAPTIVE_MINIMUM_SIZE);
    int adaptiveMaximum = reader.number(Setting.POOL_ADAPTIVE_MAXIMUM_SIZE);
    reader.require(
        adaptiveMinimum <= adaptiveMaximum,
        Setting.POOL_ADAPTIVE_MINIMUM_SIZE,
        "must not be more than " + Setting.POOL_ADAPTIVE_MAXIMUM_SIZE.property());
    return new PoolSettings(
        maximumSize,
        minimumIdle,
        reader.duration(Setting.POOL_CONNECTION_TIMEOUT),
        withinLifetime(reader, Setting.POOL_IDLE_TIMEOUT, maxLifetime),
        maxLifetime,
        withinLifetime(reader, Setting.POOL_KEEPALIVE_TIME, maxLifetime),
        reader.duration(Setting.POOL_VALIDATION_TIMEOUT),
        withinLifetime(reader, Setting.POOL_LEAK_DETECTION_THRESHOLD, maxLifetime),
        adaptive(reader),
        adaptiveMinimum,
        adaptiveMaximum,
        reader.number(Setting.POOL_NODES));
  }

  /** Who gives a size and nothing else wants that size. */
  private static boolean adaptive(SettingsReader reader) {
    boolean sizeIsMeant =
        reader.isGiven(Setting.POOL_MAXIMUM_SIZE)
            && !reader.isGiven(Setting.POOL_ADAPTIVE)
            && !reader.isGiven(Setting.POOL_ADAPTIVE_MINIMUM_SIZE)
            && !reader.isGiven(Setting.POOL_ADAPTIVE_MAXIMUM_SIZE);
    return reader.flag(Setting.POOL_ADAPTIVE) && !sizeIsMeant;
  }

  /**
   * HikariCP drops, with a warning, what does not fit into a connection's lifetime. Here a value
   * that was given is a mistake to report, and a default is switched off.
   */
  private static Duration withinLifetime(
      SettingsReader reader, Setting setting, Duration maxLifetime) {
    Duration value = reader.duration(setting);
    boolean fits = maxLifetime.isZero() || value.plusSeconds(1).compareTo(maxLifetime) <= 0;
    reader.require(
        fits || !reader.isGiven(setting),
        setting,
        "must be at least 1s less than " + Setting.POOL_MAX_LIFETIME.property());
    return fits ? value : Duration.ZERO;
  }
}
