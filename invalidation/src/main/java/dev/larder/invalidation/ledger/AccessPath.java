package dev.larder.invalidation.ledger;

import dev.larder.invalidation.RowChange;
import dev.larder.invalidation.ValueHash;
import dev.larder.invalidation.ValueHashes;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
   * A query of a range, or of many values, depends on intervals of numbers instead: such a path has cells for these, which a commit
   * finds by each size of interval that anybody has asked for. The sizes are told before the cell is made, so that whoever is let in
   * after it looks for it.
   */
  private static final int CHUNK_BITS = 7;

  private static final int CHUNK = 1 << CHUNK_BITS;

  /** So many of a hash's lowest bits say which cell it is; nobody looks at the others. */
  public static final int HASH_BITS = 13;

  private static final int CHUNKS = 1 << (HASH_BITS - CHUNK_BITS);

  private final Gate gate;
  private final Key key;
  private final Cell others;
  private final Cell newcomers;

  /** The sizes of the intervals that there are cells for. */
  private final AtomicInteger sizes = new AtomicInteger();

  /** By hash, or by interval, in chunks: most access paths are asked for few values. */
  private final @Nullable AtomicReferenceArray<@Nullable AtomicReferenceArray<@Nullable Cell>>
      values;

  /**
   * What tells the access paths to a table apart.
   *
   * @param column the column by which rows are found, or null where they are not
   * @param by whether single values of it are asked for
   * @param reads the columns that are read, or null for all
   * @param choosing the columns of which another path takes notice, or null
   */
  record Key(
      @Nullable String column,
      By by,
      @Nullable Set<String> reads,
      @Nullable Set<String> choosing) {}

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
    this.values = key.column() == null ? null : new AtomicReferenceArray<>(CHUNKS);
  }

  /** The column by which rows are found, or null where they are not. */
  public @Nullable String column() {
    return key.column();
  }

  Key key() {
    return key;
  }

  /** How many cells a reader of that many values depends on. */
  static int cells(int values) {
    return 2 + values;
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
      into[at++] = cell(place(hash));
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
        : chunk(written) == chunk(read) && within(written) == within(read);
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

  /** Names each cell that a change moves. */
  void meeting(RowChange change, Consumer<Cell> cells) {
    if (spares(change)) {
      return;
    }
    AtomicReferenceArray<@Nullable AtomicReferenceArray<@Nullable Cell>> known = values;
    ValueHashes hashes = hashes(change);
    if (hashes == null || known == null) {
      cells.accept(change.onlyAdds() && known != null ? newcomers : others);
    } else if (key.by() == By.VALUE) {
      hashes.forEachHash(hash -> meeting(known, hash, cells));
    } else {
      hashes.forEachHash(
          hash -> {
            for (int left = sizes.get(); left != 0; left &= left - 1) {
              int interval = NumberRanges.interval(hash, left & -left);
              meeting(known, place(interval), cells);
            }
          });
    }
  }

  private static void meeting(
      AtomicReferenceArray<@Nullable AtomicReferenceArray<@Nullable Cell>> known,
      int place,
      Consumer<Cell> cells) {
    AtomicReferenceArray<@Nullable Cell> chunk = known.get(chunk(place));
    Cell cell = chunk == null ? null : chunk.get(within(place));
    if (cell != null) {
      cells.accept(cell);
    }
  }

  private Cell cell(int hash) {
    if (values == null) {
      return others;
    }
    AtomicReferenceArray<@Nullable Cell> chunk =
        known(values, chunk(hash), () -> new AtomicReferenceArray<>(CHUNK));
    return known(chunk, within(hash), () -> new Cell(0, gate.upcoming()));
  }

  /** What stands at an index; made if nothing does. */
  private static <T extends Object> T known(
      AtomicReferenceArray<@Nullable T> array, int index, Supplier<T> make) {
    T known = array.get(index);
    if (known == null) {
      T fresh = make.get();
      T raced = array.compareAndExchange(index, null, fresh);
      known = raced == null ? fresh : raced;
    }
    return known;
  }

  private static int chunk(int hash) {
    return (hash >>> CHUNK_BITS) & (CHUNKS - 1);
  }

  private static int within(int hash) {
    return hash & (CHUNK - 1);
  }
}
