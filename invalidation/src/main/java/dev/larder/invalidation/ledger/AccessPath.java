package dev.larder.invalidation.ledger;

import dev.larder.invalidation.RowChange;
import dev.larder.invalidation.ValueHash;
import dev.larder.invalidation.ValueHashes;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One way in which queries find rows of a table: by the value of which column, and which columns
 * they read; or which rows they have shown. Thread-safe; belongs to the ledger that made it.
 */
public final class AccessPath {

  /*
   * A query that finds its rows by a column depends on three cells: that of its value, moved by changes of which the values in
   * that column are known; `newcomers`, moved by other changes that only add rows; and `others`, moved by all that is left. A
   * change for which none of them moves cannot alter the answer. Where no two rows have the same value, and the answer shows that
   * a row with this one is there, no row can come that has it too: such an answer does not depend on newcomers.
   *
   * A cell for a value is made when a reader first asks for it. A commit that found none there was let in by the gate before, so
   * the new cell waits until all are over that were: every commit that counts here enters that one first and looks for these
   * afterwards. Its version is then that of the gate. The gate is the table's own cell, or that of one cache in the table.
   *
   * An answer that shows a column's value for each of its rows may depend on less, once it is there: on what chooses its rows (rows
   * that come or go, assignments to the columns that it is found, sorted and cut off by), by one access path; and, by a second, on
   * assignments to its other columns, for the rows that it shows. The second takes no notice of what is the first one's.
   *
   * An answer may show, in each row that it depends on, what a second column holds there, where no other row can come to be one of
   * these: it is an only row that is there, or assignments to what chooses are another path's. Then an UPDATE that tells the values
   * of the second column and not of the first alters the answer only if it writes one of those rows, and so has told the value that
   * it shows. Such a change moves not `others` but the second column's cells, `besides`; and the answer depends on those that it
   * shows. Whoever writes one of its rows moves a cell of the answer: while none has moved, the rows hold what it shows.
   *
   * A query of a range, or of many values, depends on intervals of numbers instead: such a path has cells for these, which a commit
   * finds by each size of interval that anybody has asked for. The sizes are told before the cell is made, so that whoever is let in
   * after it looks for it.
   */
  /** So many of a hash's lowest bits say which cell it is; nobody looks at the others. */
  public static final int HASH_BITS = 13;

  private final Gate gate;
  private final Key key;
  private final Cell others;
  private final Cell newcomers;

  /** The sizes of the intervals that there are cells for. */
  private final AtomicInteger sizes = new AtomicInteger();

  /** By hash, or by interval; null where rows are not found by a column. */
  private final @Nullable ValueCells values;

  /** Those of the second column, by hash; null where there is none. */
  private final @Nullable ValueCells besides;

  /**
   * What tells the access paths to a table apart.
   *
   * @param column the column by which rows are found, or null where they are not
   * @param by whether single values of it are asked for
   * @param reads the columns that are read, or null for all
   * @param choosing the columns of which another path takes notice, or null
   * @param beside a second column, of which readers say as well what their rows hold; or null
   */
  record Key(
      @Nullable String column,
      By by,
      @Nullable Set<String> reads,
      @Nullable Set<String> choosing,
      @Nullable String beside) {}

  /** What a reader asks for of a column. */
  enum By {
    /** Values, each by its hash. */
    VALUE,

    /** Intervals of numbers, each as {@link NumberRanges} tells it. */
    INTERVAL
  }

  AccessPath(Gate gate, Key key) {
    this.gate = gate;
    this.key = key;
    this.others = new Cell(0, gate.upcoming());
    this.newcomers = new Cell(0, gate.upcoming());
    this.values = key.column() == null ? null : new ValueCells(gate);
    this.besides = key.beside() == null ? null : new ValueCells(gate);
  }

  /** The column by which rows are found, or null where they are not. */
  public @Nullable String column() {
    return key.column();
  }

  Key key() {
    return key;
  }

  /** How many cells a reader depends on, at most. */
  static int cells(TrackedFootprint.Narrowing reader) {
    return 2 + reader.hashes().length + reader.beside().length;
  }

  /**
   * Writes the cells of a reader of these hashes, or intervals, into {@code into}, and gives the
   * next index.
   */
  int cells(TrackedFootprint.Narrowing reader, Cell[] into, int at) {
    into[at++] = others;
    if (values != null && !reader.isThere()) {
      into[at++] = newcomers;
    }
    for (int hash : reader.hashes()) {
      if (key.by() == By.INTERVAL) {
        tellSize(NumberRanges.sizeBit(hash));
      }
      into[at++] = values == null ? others : values.of(place(hash));
    }
    if (besides != null && reader.beside().length == 0) {
      throw new IllegalArgumentException("nothing is said of " + key.beside());
    }
    for (int hash : reader.beside()) {
      into[at++] = besides == null ? others : besides.of(hash);
    }
    return at;
  }

  private void tellSize(int bit) {
    if ((sizes.get() & bit) == 0) {
      sizes.getAndAccumulate(bit, (known, more) -> known | more);
    }
  }

  /** Where the cell of a hash, or of an interval, is. */
  private int place(int hash) {
    return key.by() == By.INTERVAL ? ValueHash.of(hash) : hash;
  }

  /**
   * Whether a change moves any of the cells that a reader of these hashes, or intervals, depends
   * on: what it has not moved by then, as nobody but the one who makes it can see it.
   */
  public boolean isMetBy(RowChange change, int[] readHashes) {
    if (spares(change)) {
      return false;
    }
    ValueHashes hashes = hashes(change);
    return hashes == null || hashes.hasAny(written -> isRead(written, readHashes));
  }

  private boolean isRead(int written, int[] readHashes) {
    for (int read : readHashes) {
      if (isMetBy(written, read)) {
        return true;
      }
    }
    return false;
  }

  private boolean isMetBy(int written, int read) {
    return key.by() == By.INTERVAL
        ? NumberRanges.interval(written, NumberRanges.sizeBit(read)) == read
        : ValueCells.areOne(written, read);
  }

  private boolean spares(RowChange change) {
    boolean another = key.choosing() != null && !change.sparesAll(key.choosing());
    return another || change.sparesAll(key.reads());
  }

  /** The values that the written rows have in the column, or null where they may be any. */
  private @Nullable ValueHashes hashes(RowChange change) {
    boolean areTold = key.by() == By.VALUE || !change.shortened();
    return key.column() != null && areTold ? change.hashes(key.column()) : null;
  }

  /**
   * The values that the written rows have in the second column; null where they may be any, or rows
   * may have come or gone.
   */
  private @Nullable ValueHashes hashesBeside(RowChange change) {
    return key.beside() == null || change.assigned() == null ? null : change.hashes(key.beside());
  }

  /** Names each cell that a change moves. */
  void meeting(RowChange change, Consumer<Cell> cells) {
    if (spares(change)) {
      return;
    }
    ValueCells known = values;
    ValueHashes hashes = hashes(change);
    if (hashes == null || known == null) {
      meetingUntold(change, cells);
    } else if (key.by() == By.VALUE) {
      hashes.forEachHash(hash -> known.meeting(hash, cells));
    } else {
      hashes.forEachHash(
          hash -> {
            for (int left = sizes.get(); left != 0; left &= left - 1) {
              int interval = NumberRanges.interval(hash, left & -left);
              known.meeting(place(interval), cells);
            }
          });
    }
  }

  /** Names each cell of a change that does not tell the values of the first column. */
  private void meetingUntold(RowChange change, Consumer<Cell> cells) {
    ValueHashes hashes = hashesBeside(change);
    if (hashes == null) {
      cells.accept(change.onlyAdds() && values != null ? newcomers : others);
    } else {
      meetingBeside(hashes, cells);
    }
  }

  private void meetingBeside(ValueHashes hashes, Consumer<Cell> cells) {
    ValueCells known = besides;
    if (known != null) {
      hashes.forEachHash(hash -> known.meeting(hash, cells));
    }
  }
}
