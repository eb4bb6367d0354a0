package dev.larder.jdbc.internal.eligibility;

/**
 * What it tells how many rows a statement says that it has touched. Immutable and thread-safe.
 *
 * @param least how many each of its statements touches at least, unless memory may hold them in
 *     another state than the database does; 0 where that says nothing
 * @param areAll whether nothing has changed where no row is counted: nothing but those rows is
 *     written, be it by a trigger, a rule, a cascade or a function
 */
public record CountedRows(int least, boolean areAll) {

  /** It tells nothing. */
  public static final CountedRows NOTHING = new CountedRows(0, false);

  /** The same of several statements, whose counts are not all told. */
  CountedRows untold() {
    return least == 0 ? NOTHING : new CountedRows(Integer.MAX_VALUE, false);
  }

  /** The same of several statements, each of which is counted. */
  CountedRows and(CountedRows next) {
    return new CountedRows(Math.max(least, next.least), false);
  }
}
