package dev.larder.jdbc.internal.store;

/**
 * What a hit of an answer saves. Immutable and thread-safe.
 *
 * @param costClass from 0 to {@link #CLASSES} - 1: a tenfold of database time for each byte that
 *     the answer takes is one class more
 * @param formerClasses a bit for each that it was before, as answers may have been put by any: on a
 *     machine that is busy now and then it goes from one to the next and back
 * @param nanos of the database
 */
public record LoadCost(int costClass, int formerClasses, long nanos) {

  /** How many classes there are: from less than 10 ns a byte to more than 10 us. */
  public static final int CLASSES = 5;

  private static final double LOWEST_BOUND = 10;

  /** A new class has to be that much farther than the bound, or those at it would go to and fro. */
  private static final double MARGIN = 1.5;

  /** Of a statement of which nothing was measured yet: a look-up over a local network. */
  public static final LoadCost UNKNOWN = of(200_000, 500);

  private static LoadCost of(double nanos, double bytes) {
    int costClass = classOf(nanos / Math.max(1, bytes));
    return new LoadCost(costClass, 0, (long) nanos);
  }

  /**
   * The cost by a later measurement, in this class unless it is clearly in another.
   *
   * @param nanos of the database
   * @param bytes that the answer takes
   */
  public LoadCost measured(double nanos, double bytes) {
    double density = nanos / Math.max(1, bytes);
    boolean stays =
        classOf(density / MARGIN) <= costClass && classOf(density * MARGIN) >= costClass;
    if (stays) {
      return new LoadCost(costClass, formerClasses, (long) nanos);
    }
    int now = classOf(density);
    return new LoadCost(now, (formerClasses | 1 << costClass) & ~(1 << now), (long) nanos);
  }

  private static int classOf(double nanosPerByte) {
    double above = Math.log10(Math.max(nanosPerByte, Double.MIN_NORMAL) / LOWEST_BOUND);
    return (int) Math.max(0, Math.min(CLASSES - 1, Math.floor(above) + 1));
  }
}
