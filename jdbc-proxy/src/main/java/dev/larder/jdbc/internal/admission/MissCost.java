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
  private static final int FEWEST_KEPT = 8;

  private double databaseNanos = -1;
  private double ownNanos = -1;

  /** What the database took when the own cost was measured last. */
  private double databaseNanosThen = -1;

  private double bytes = -1;
  private int samplesKept;

  /**
   * One miss.
   *
   * @param database until the database had answered
   * @param own what Larder added to that
   * @param kept the bytes that the answer takes; 0 where it was not kept
   */
  void measured(long database, long own, long kept) {
    if (kept > 0) {
      bytes = follow(bytes, kept);
      samplesKept++;
    }
    databaseNanos = follow(databaseNanos, database);
    ownNanos = follow(ownNanos, own);
    databaseNanosThen = databaseNanos;
  }

  /** One execution that was passed on. */
  void passed(long nanos) {
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

  /** Whether enough answers were kept to say what they take. */
  boolean areBytesKnown() {
    return samplesKept >= FEWEST_KEPT;
  }

  /** What an answer takes. */
  double bytes() {
    return bytes;
  }

  /**
   * What a miss costs that is nobody's hit. Where the database takes less by now than when that was
   * measured, so would Larder: both were measured while their code was new, or the machine busy.
   */
  double ownNanos() {
    return databaseNanos < databaseNanosThen
        ? ownNanos * databaseNanos / databaseNanosThen
        : ownNanos;
  }

  /** The share of hits at which what they save is what the misses cost. */
  double breakEven() {
    double own = ownNanos();
    double both = savedNanos() + own;
    return both <= 0 ? 1 : own / both;
  }
}
