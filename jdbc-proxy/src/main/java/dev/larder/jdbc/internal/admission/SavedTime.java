package dev.larder.jdbc.internal.admission;

import java.util.concurrent.atomic.DoubleAdder;

/**
 * The database's time that hits have saved: each as much as a miss took at the time. Only grows.
 * Not thread-safe.
 */
final class SavedTime {

  private final HitCount hits;
  private final MissCost cost;
  private final DoubleAdder ofAll;
  private double nanos;
  private long settledHits;

  /**
   * @param ofAll gets what is saved, too
   */
  SavedTime(HitCount hits, MissCost cost, DoubleAdder ofAll) {
    this.hits = hits;
    this.cost = cost;
    this.ofAll = ofAll;
  }

  /** The hits since the last time have saved what a miss takes until now. */
  double settle() {
    long found = hits.sum();
    double more = Math.max(0, found - settledHits) * cost.savedNanos();
    if (more > 0) {
      ofAll.add(more);
    }
    nanos += more;
    settledHits = found;
    return nanos;
  }
}
