package dev.larder.jdbc.internal.pool;

/**
 * How a pool did for a while at one size. Immutable and thread-safe.
 *
 * @param answered how many connections came back per second
 * @param active how many connections were in use, on average
 * @param waiting how many callers waited for one, on average
 * @param open how many connections there were, on average
 */
record SizeWindow(double answered, double active, double waiting, double open) {

  /**
   * How many connections were in use or about to be: one that was given back for a caller who waits
   * is idle until that caller gets a processor.
   */
  double spokenFor() {
    return Math.min(open, active + waiting);
  }

  /** How long a connection was in use each time, on average, in seconds (Little's law). */
  double service() {
    return answered == 0 ? 0 : active / answered;
  }
}
