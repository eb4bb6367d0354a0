package dev.larder.jdbc.internal.admission;

/**
 * What a miss takes of a template, as it was measured lately. Not thread-safe.
 *
 * <p>Follows what is less at once and what is more only slowly: a sample that another thread or the
 * compiler came between says nothing of the template.
 */
final class MissCost {

  /** From asking for a connection until a row that is found in memory was read. */
  static final long HIT_NANOS = 1_000;

  private static final int DOWN = 2;
  private static final int UP = 8;

  private double databaseNanos = -1;
  private double ownNanos = -1;

  /**
   * One miss.
   *
   * @param database until the database had answered
   * @param own what Larder added to that
   */
  void measured(long database, long own) {
    databaseMeasured(database);
    ownNanos = follow(ownNanos, own);
  }

  /** One execution that was passed on. */
  void databaseMeasured(long nanos) {
    databaseNanos = follow(databaseNanos, nanos);
  }

  private static double follow(double latest, long sample) {
    if (latest < 0) {
      return sample;
    }
    return latest + (sample - latest) / (sample < latest ? DOWN : UP);
  }

  boolean isKnown() {
    return databaseNanos >= 0 && ownNanos >= 0;
  }

  /** What a hit saves. */
  double savedNanos() {
    return Math.max(0, databaseNanos - HIT_NANOS);
  }

  double databaseNanos() {
    return databaseNanos;
  }

  /** What a miss costs that is nobody's hit. */
  double ownNanos() {
    return ownNanos;
  }

  /** The share of hits at which what they save is what the misses cost. */
  double breakEven() {
    double own = ownNanos();
    double both = savedNanos() + own;
    return both <= 0 ? 1 : own / both;
  }
}
