package dev.larder.jdbc.internal.admission;

import java.util.Locale;

/**
 * What a decision about a template was made by. Immutable and thread-safe.
 *
 * @param share of the look-ups that found an answer, or would have
 * @param breakEven the share from which on keeping pays
 */
record AdmissionFigures(double share, double breakEven, double databaseNanos, double ownNanos) {

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.1f %% of its queries found an answer, or would have; keeping pays from %.1f %% on,"
            + " as a miss takes the database %.0f us and Larder %.1f us",
        100 * share,
        100 * breakEven,
        databaseNanos / 1e3,
        ownNanos / 1e3);
  }
}
