package dev.larder.jdbc.internal.ahead;

/**
 * Whether what is loaded ahead of one answer's readers is used, by what happened lately. Not
 * thread-safe.
 *
 * <p>A load that is only thought of counts like one that was made, so that a right that was lost
 * can be earned again without asking the database.
 */
final class Usefulness {

  /** What one more outcome weighs. */
  private static final double NEWEST = 0.125;

  /** Seven of seven suffice, one in vain loses it, and two that are used bring it back. */
  private static final double RIGHT = 0.8;

  private static final double AT_FIRST = 0.5;

  /** Nobody asked after so many changes in a row: what it would save is no longer wanted. */
  private static final int MOST_IN_VAIN = 16;

  private double share = AT_FIRST;
  private int inVain;

  /** Begins with the right to be loaded. */
  void trust() {
    share = RIGHT;
  }

  void used() {
    share += (1 - share) * NEWEST;
    inVain = 0;
  }

  void inVain() {
    share -= share * NEWEST;
    share = Math.min(share, RIGHT - NEWEST / 4);
    inVain++;
  }

  boolean hasRight() {
    return share >= RIGHT;
  }

  /** Whether nobody has asked for so long that it need not be remembered. */
  boolean isForgotten() {
    return inVain >= MOST_IN_VAIN;
  }
}
