package dev.larder.jdbc.internal.admission;

/**
 * The database's time that hits have saved: each as much as a miss took at the time. Only grows.
 * Not thread-safe.
 */
final class SavedTime {

  private final HitCount hits;
  private final MissCost cost;
  private double nanos;
  private long settledHits;

  SavedTime(HitCount hits, MissCost cost) {
    this.hits = hits;
    this.cost = cost;
  }

  /** The hits since the last time have saved what a miss takes until now. */
  double settle() {
    long found = hits.sum();
    nanos += (found - settledHits) * cost.savedNanos();
    settledHits = found;
    return nanos;
  }
}
