package dev.larder.jdbc.internal.pool;

/**
 * How many connections a server can still give to this user; {@link Integer#MAX_VALUE} for a
 * product that has no such limit or no word for it. Immutable and thread-safe.
 */
record ServerCapacity(int free) {

  /*
   * A pool with "open" connections may have 80 % of open + free / nodes. Where each of n pools wants more than that, each ends with
   * 4 / n of what is left free: all have the same, together they have 80 % of what there is for them, and nobody has to know what
   * the others do. A pool alone among others that want little gets what they leave. What others take shows as fewer free, and each
   * gives way a little; but none below the size that it began with as long as the server has it.
   */
  private static final double SHARE = 0.8;

  /**
   * How many connections a pool may have at most.
   *
   * @param open how many it has
   * @param first how many it may have where the server has them to give
   * @param nodes how many pools share the server, this one included
   */
  int limit(int open, int first, int nodes) {
    if (free == Integer.MAX_VALUE) {
      return Integer.MAX_VALUE;
    }
    int part = free / nodes;
    int fair = (int) (SHARE * (open + part));
    return Math.max(1, Math.max(fair, Math.min(first, open + (int) (SHARE * part))));
  }
}
