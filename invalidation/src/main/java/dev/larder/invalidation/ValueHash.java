package dev.larder.invalidation;

import java.util.UUID;

/**
 * The value of a column as the ledger compares it: values that a database holds for equal have
 * equal hashes. Stateless and thread-safe.
 *
 * <p>Two values with one hash are told apart by nobody, which forgets more than need be. The hashes
 * are the same in every JVM, so nodes can tell them to each other.
 */
public final class ValueHash {

  /**
   * Which values have a hash, and which: nodes with another number do not understand each other's.
   * To be counted up with every change to that, here or in what decides on a column's kind.
   */
  public static final int RULES = 1;

  private ValueHash() {}

  /** The hash of a whole number, of whatever width. */
  public static int of(long value) {
    return spread(Long.hashCode(value));
  }

  /** The hash of a text; spaces at its end do not count, as to a column of bounded length. */
  public static int of(String value) {
    int end = value.length();
    while (end > 0 && value.charAt(end - 1) == ' ') {
      end--;
    }
    return spread((end == value.length() ? value : value.substring(0, end)).hashCode());
  }

  /** The hash of a UUID. */
  public static int of(UUID value) {
    return spread(Long.hashCode(value.getMostSignificantBits() ^ value.getLeastSignificantBits()));
  }

  /** Numbers in sequence and short texts differ in few bits; a table of cells looks at few. */
  private static int spread(int hash) {
    int h = hash * 0x9E3779B9;
    return h ^ (h >>> 16);
  }
}
