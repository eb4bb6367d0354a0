package dev.larder.invalidation.ledger;

import dev.larder.invalidation.RowChange;
import java.util.Objects;
import java.util.Set;
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
   * A query that finds its rows by a column depends on two cells: that of its value, moved by changes of which the values in
   * that column are known, and `others`, moved by all other changes. A change for which neither moves cannot alter the answer.
   *
   * A cell for a value is made when a reader first asks for it. A commit that found none there was let in by the gate before, so
   * the new cell waits until all are over that were: every commit that counts here enters that one first and looks for these
   * afterwards. Its version is then that of the gate. The gate is the table's own cell, or that of one cache in the table.
   *
   * An answer that shows a column's value for each of its rows may depend on less, once it is there: on what chooses its rows (rows
   * that come or go, assignments to the columns that it is found, sorted and cut off by), by one access path; and, by a second, on
   * assignments to its other columns, for the rows that it shows. The second takes no notice of what is the first one's.
   */
  private static final int CHUNK_BITS = 7;

  private static final int CHUNK = 1 << CHUNK_BITS;

  /** So many of a hash's lowest bits say which cell it is; nobody looks at the others. */
  public static final int HASH_BITS = 13;

  private static final int CHUNKS = 1 << (HASH_BITS - CHUNK_BITS);

  private final Gate gate;
  private final @Nullable String column;
  private final @Nullable Set<String> reads;
  private final @Nullable Set<String> choosing;
  private final Cell others;

  /** By hash, in chunks: most access paths are asked for few values. */
  private final @Nullable AtomicReferenceArray<@Nullable AtomicReferenceArray<@Nullable Cell>>
      values;

  AccessPath(
      Gate gate,
      @Nullable String column,
      @Nullable Set<String> reads,
      @Nullable Set<String> choosing) {
    this.gate = gate;
    this.column = column;
    this.reads = reads;
    this.choosing = choosing;
    this.others = new Cell(0, gate.upcoming());
    this.values = column == null ? null : new AtomicReferenceArray<>(CHUNKS);
  }

  /** The column by which rows are found, or null where they are not. */
  public @Nullable String column() {
    return column;
  }

  boolean isFor(
      @Nullable String byColumn,
      @Nullable Set<String> readColumns,
      @Nullable Set<String> choosingColumns) {
    return Objects.equals(column, byColumn)
        && Objects.equals(reads, readColumns)
        && Objects.equals(choosing, choosingColumns);
  }

  /** How many cells a reader of that many values depends on. */
  static int cells(int values) {
    return 1 + values;
  }

  /** Writes the cells of a reader of these values into {@code into}, and gives the next index. */
  int cells(int[] hashes, Cell[] into, int at) {
    into[at++] = others;
    for (int hash : hashes) {
      into[at++] = cell(hash);
    }
    return at;
  }

  /**
   * Whether a change moves any of the cells that a reader of these values depends on: what it has
   * not moved by then, as nobody but the one who makes it can see it.
   */
  public boolean isMetBy(RowChange change, int[] readHashes) {
    if (spares(change)) {
      return false;
    }
    Set<Integer> hashes = column == null ? null : change.values().get(column);
    if (hashes == null) {
      return true;
    }
    for (int written : hashes) {
      for (int read : readHashes) {
        if (chunk(written) == chunk(read) && within(written) == within(read)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean spares(RowChange change) {
    boolean another = choosing != null && !change.sparesAll(choosing);
    return another || change.sparesAll(reads);
  }

  /** Names each cell that a change moves. */
  void meeting(RowChange change, Consumer<Cell> cells) {
    if (spares(change)) {
      return;
    }
    AtomicReferenceArray<@Nullable AtomicReferenceArray<@Nullable Cell>> known = values;
    Set<Integer> hashes = column == null ? null : change.values().get(column);
    if (hashes == null || known == null) {
      cells.accept(others);
      return;
    }
    for (int hash : hashes) {
      AtomicReferenceArray<@Nullable Cell> chunk = known.get(chunk(hash));
      Cell cell = chunk == null ? null : chunk.get(within(hash));
      if (cell != null) {
        cells.accept(cell);
      }
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
