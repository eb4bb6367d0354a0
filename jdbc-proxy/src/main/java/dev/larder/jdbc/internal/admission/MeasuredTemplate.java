package dev.larder.jdbc.internal.admission;

/**
 * What was measured of a template so far. Immutable and thread-safe.
 *
 * @param hits how many of its queries memory has answered
 * @param misses how many it was asked for in vain
 * @param savedNanos the database's time that the hits saved, by what misses took meanwhile
 * @param share of the queries that found an answer or would have, lately; less than 0 where that
 *     was not measured
 * @param figures a clause about the last decision; empty for none
 */
public record MeasuredTemplate(
    long hits, long misses, double savedNanos, double share, String figures) {

  /** Both together, as of one template that was let go of meanwhile and met again. */
  public MeasuredTemplate plus(MeasuredTemplate more) {
    return new MeasuredTemplate(
        hits + more.hits,
        misses + more.misses,
        savedNanos + more.savedNanos,
        Math.max(share, more.share),
        figures.isEmpty() ? more.figures : figures);
  }
}
