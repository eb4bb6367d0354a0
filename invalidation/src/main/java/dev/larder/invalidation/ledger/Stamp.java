package dev.larder.invalidation.ledger;

import dev.larder.invalidation.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
   * What has moved since the stamp was taken, for who asks why an answer was forgotten; nothing
   * while it is current. Where rows of several tables are tracked, one that has not moved may be
   * named beside one that has.
   */
  public List<Scope> moved() {
    List<Scope> moved = new ArrayList<>(2);
    int size = size();
    int before = -1;
    for (int i = 0; i < size; i++) {
      int own = scopeOf(cell(i));
      before = own < 0 ? before : own;
      if (cell(i).word() == word(i)) {
        continue;
      }
      if (own >= 0) {
        moved.add(footprint.scope(own));
        continue;
      }
      // A cell of rows: it is of one of the scopes before the next that stands here as a whole.
      for (int s = before + 1; s < footprint.cells.length && !isHere(footprint.cells[s]); s++) {
        if (!moved.contains(footprint.scope(s))) {
          moved.add(footprint.scope(s));
        }
      }
    }
    return moved;
  }

  private int size() {
    int fields = third != null ? FIELDS : second != null ? 2 : first != null ? 1 : 0;
    return Math.max(fields, cells.length);
  }

  private Cell cell(int i) {
    return Objects.requireNonNull(
        i >= FIELDS ? cells[i] : i == 0 ? first : i == 1 ? second : third);
  }

  private long word(int i) {
    return i >= FIELDS
        ? otherWords[i - FIELDS]
        : i == 0 ? firstWord : i == 1 ? secondWord : thirdWord;
  }

  /** The scope that a cell is all of; less than 0 for a cell of rows. */
  private int scopeOf(Cell cell) {
    for (int i = 0; i < footprint.cells.length; i++) {
      if (footprint.cells[i] == cell) {
        return i;
      }
    }
    return -1;
  }

  private boolean isHere(Cell whole) {
    for (int i = 0; i < size(); i++) {
      if (cell(i) == whole) {
        return true;
      }
    }
    return false;
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
