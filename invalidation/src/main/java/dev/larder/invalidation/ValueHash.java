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

  private static final int FACTOR = 0x9E3779B9;

  /** By which a product with {@link #FACTOR} is taken back. */
  private static final int INVERSE = 0x144CBC89;

  private ValueHash() {}

  /** The hash of a whole number, of whatever width. */
  public static int of(long value) {
    return spread(Long.hashCode(value));
  }

  /**
   * What a whole number's hash tells of it: numbers from 0 to {@link Integer#MAX_VALUE} are told as
   * they are, and others as one of those, the negative ones of 32 bits as {@code ~number}.
   */
  public static int numberOf(int hash) {
    int folded = (hash ^ (hash >>> 16)) * INVERSE;
    return folded < 0 ? ~folded : folded;
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
    int h = hash * FACTOR;
    return h ^ (h >>> 16);
  }
}
