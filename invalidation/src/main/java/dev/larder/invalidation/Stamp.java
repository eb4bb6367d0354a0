package dev.larder.invalidation;

/**
 * The ledger's position for a footprint, taken before a query ran. Immutable and thread-safe.
 *
 * <p>An answer may be stored with its stamp only if the stamp {@link #isCurrent()} after the whole
 * answer was captured, and may be served only while it is.
 */
public final class Stamp {

  private final TrackedFootprint footprint;
  private final Cell[] cells;
  private final long[] words;
  private final boolean open;

  Stamp(TrackedFootprint footprint, Cell[] cells, long[] words) {
    this.footprint = footprint;
    this.cells = cells;
    this.words = words;
    boolean anyOpen = false;
    for (long word : words) {
      anyOpen |= Cell.isOpen(word);
    }
    this.open = anyOpen;
  }

  /** Whether a commit to the footprint was under way when the stamp was taken. */
  public boolean wasOpen() {
    return open;
  }

  /** Whether no cell was open when the stamp was taken and none has moved since. */
  public boolean isCurrent() {
    if (open) {
      return false;
    }
    for (int i = 0; i < words.length; i++) {
      if (cells[i].word() != words[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * How far a replica must have come in the database's log to show the footprint as it was when the
   * stamp was taken, or later; {@link LogPositions#UNKNOWN} where that cannot be told yet, or the
   * stamp was open.
   */
  public long logPosition(LogPositions positions) {
    if (open) {
      return LogPositions.UNKNOWN;
    }
    long newest = 0;
    for (long word : words) {
      newest = Math.max(newest, Cell.version(word));
    }
    return positions.of(newest);
  }

  /** What the stamp was taken of, or of a part of which it was taken. */
  public TrackedFootprint footprint() {
    return footprint;
  }
}
