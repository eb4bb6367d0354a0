package dev.larder.invalidation.ledger;

import org.jspecify.annotations.Nullable;

/**
 * The ledger's position for a footprint, taken before a query ran. Immutable and thread-safe.
 *
 * <p>An answer may be stored with its stamp only if the stamp {@link #isCurrent()} after the whole
 * answer was captured, and may be served only while it is.
 */
public final class Stamp {

  /** How many cells have fields of their own. */
  private static final int FIELDS = 3;

  private static final Cell[] NO_CELLS = {};
  private static final long[] NO_WORDS = {};

  /*
   * Three cells are what a query by key of one table depends on (everything, the row, changes that name no rows), and their fields
   * are here: an entry that is looked at is seldom in the processor's cache, so that each array is another wait for memory.
   */
  private final TrackedFootprint footprint;
  private final @Nullable Cell first;
  private final @Nullable Cell second;
  private final @Nullable Cell third;
  private final long firstWord;
  private final long secondWord;
  private final long thirdWord;
  private final Cell[] cells;
  private final long[] otherWords;
  private final boolean open;

  /** Reads where these cells stand. */
  Stamp(TrackedFootprint footprint, Cell[] cells) {
    this.footprint = footprint;
    this.first = cells.length > 0 ? cells[0] : null;
    this.second = cells.length > 1 ? cells[1] : null;
    this.third = cells.length > 2 ? cells[2] : null;
    this.firstWord = first == null ? 0 : first.word();
    this.secondWord = second == null ? 0 : second.word();
    this.thirdWord = third == null ? 0 : third.word();
    // An array that is not needed is not kept: of a narrowed footprint it is one execution's own.
    boolean more = cells.length > FIELDS;
    this.cells = more ? cells : NO_CELLS;
    this.otherWords = more ? new long[cells.length - FIELDS] : NO_WORDS;
    boolean anyOpen = Cell.isOpen(firstWord) || Cell.isOpen(secondWord) || Cell.isOpen(thirdWord);
    for (int i = 0; i < otherWords.length; i++) {
      otherWords[i] = cells[i + FIELDS].word();
      anyOpen |= Cell.isOpen(otherWords[i]);
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
    return (first == null || first.word() == firstWord)
        && (second == null || second.word() == secondWord)
        && (third == null || third.word() == thirdWord)
        && (otherWords.length == 0 || othersAreCurrent());
  }

  private boolean othersAreCurrent() {
    for (int i = 0; i < otherWords.length; i++) {
      if (cells[i + FIELDS].word() != otherWords[i]) {
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
    long newest = Math.max(Cell.version(firstWord), Cell.version(secondWord));
    newest = Math.max(newest, Cell.version(thirdWord));
    for (long word : otherWords) {
      newest = Math.max(newest, Cell.version(word));
    }
    return positions.of(newest);
  }

  /** About how many bytes it holds beyond what stamps of one footprint share. */
  public long bytes() {
    return 64 + (otherWords.length == 0 ? 0 : 40 + 4L * cells.length + 8L * otherWords.length);
  }

  /** What the stamp was taken of, or of a part of which it was taken. */
  public TrackedFootprint footprint() {
    return footprint;
  }
}
