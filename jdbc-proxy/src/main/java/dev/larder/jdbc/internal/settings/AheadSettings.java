package dev.larder.jdbc.internal.settings;

import dev.larder.jdbc.Setting;
import java.time.Duration;

/**
 * What is loaded before it is asked for, and what is answered when nothing can be. Immutable and
 * thread-safe.
 *
 * @param refreshes whether answers that are out of date are loaded in the background
 * @param maxLoad the part of what hits save that this may take of the database
 * @param pinned tables that are in memory as a whole
 * @param prefetches whether what a connection is about to ask for is loaded meanwhile
 * @param staleOnError how long past its age bound an answer is served while the database cannot be
 *     reached; zero for not at all
 */
public record AheadSettings(
    boolean refreshes,
    double maxLoad,
    TablePatterns pinned,
    boolean prefetches,
    Duration staleOnError) {

  static AheadSettings from(SettingsReader reader, Serving serving) {
    boolean wanted = reader.flag(Setting.REFRESH);
    boolean prefetches = reader.flag(Setting.PREFETCH);
    TablePatterns pinned = reader.tables(Setting.TABLES_PIN);
    Duration staleOnError = reader.duration(Setting.STALE_ON_ERROR);
    boolean keeps = serving != Serving.OFF;
    return new AheadSettings(
        wanted && keeps,
        reader.fraction(Setting.REFRESH_MAX_LOAD),
        keeps ? pinned : TablePatterns.NONE,
        prefetches && serving == Serving.ON,
        serving == Serving.ON ? staleOnError : Duration.ZERO);
  }
}
