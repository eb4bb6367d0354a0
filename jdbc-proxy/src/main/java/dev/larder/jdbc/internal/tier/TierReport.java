package dev.larder.jdbc.internal.tier;

import java.util.EnumMap;
import java.util.Map;

/**
 * What a tier has done so far. Immutable and thread-safe.
 *
 * @param state whether it is asked
 */
public record TierReport(String state, Map<TierOutcome, Long> outcomes, Traffic traffic) {

  /** There is no tier. */
  public static final TierReport NONE = new TierReport("off", Map.of(), new Traffic(0, 0, 0, 0, 0));

  /** There will be one when the database is reached. */
  public static final TierReport NOT_YET = new TierFigures().report("not reached yet");

  public TierReport {
    Map<TierOutcome, Long> copy = new EnumMap<>(TierOutcome.class);
    copy.putAll(outcomes);
    outcomes = copy;
  }

  /**
   * What went there and back.
   *
   * @param usualNanos what a look-up takes by now
   */
  public record Traffic(
      long bytesRead, long bytesWritten, long lookUps, long lookUpNanos, long usualNanos) {}

  /** How often it came to that. */
  public long count(TierOutcome outcome) {
    return outcomes.getOrDefault(outcome, 0L);
  }
}
