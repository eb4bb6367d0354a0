package dev.larder.jdbc.internal.settings;

import dev.larder.invalidation.TableName;
import dev.larder.jdbc.Setting;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How texts are read, and which tables and functions they may name to be cached. Immutable and
 * thread-safe.
 *
 * @param functions the text of {@code larder.functions}, whose syntax the catalogue knows
 */
public record AnalysisSettings(
    int maxTextBytes,
    Duration timeout,
    String functions,
    TablePatterns includedTables,
    TablePatterns excludedTables) {

  /**
   * @param functions throws IllegalArgumentException for a text that is not understood
   */
  static AnalysisSettings from(SettingsReader reader, Consumer<String> functions) {
    return new AnalysisSettings(
        (int) reader.size(Setting.ANALYSIS_MAX_TEXT_BYTES),
        reader.duration(Setting.ANALYSIS_TIMEOUT),
        reader.text(Setting.FUNCTIONS, functions),
        reader.tables(Setting.TABLES_INCLUDE),
        reader.tables(Setting.TABLES_EXCLUDE));
  }

  /** Whether the settings let the rows of this table be stored. */
  public boolean admits(TableName table) {
    return (includedTables.isEmpty() || includedTables.match(table))
        && !excludedTables.match(table);
  }
}
