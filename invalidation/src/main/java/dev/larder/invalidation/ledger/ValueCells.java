package dev.larder.invalidation.ledger;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The cells of values of a column, each found by the lowest bits of a hash. A cell is made when a
 * reader first asks for it; where there is none, nobody depends on the value. Thread-safe.
 */
final class ValueCells {

  private static final int CHUNK_BITS = 7;

  private static final int CHUNK = 1 << CHUNK_BITS;

  private static final int CHUNKS = 1 << (AccessPath.HASH_BITS - CHUNK_BITS);

  private final Gate gate;

  /** In chunks: most access paths are asked for few values. */
  private final AtomicReferenceArray<@Nullable AtomicReferenceArray<@Nullable Cell>> chunks =
      new AtomicReferenceArray<>(CHUNKS);

  ValueCells(Gate gate) {
    this.gate = gate;
  }

  /** Whether two hashes have the same cell. */
  static boolean areOne(int hash, int other) {
    return chunk(hash) == chunk(other) && within(hash) == within(other);
  }

  Cell of(int hash) {
    AtomicReferenceArray<@Nullable Cell> chunk =
        known(chunks, chunk(hash), () -> new AtomicReferenceArray<>(CHUNK));
    return known(chunk, within(hash), () -> new Cell(0, gate.upcoming()));
  }

  /** Names the cell of a hash, if there is one. */
  void meeting(int hash, Consumer<Cell> cells) {
    AtomicReferenceArray<@Nullable Cell> chunk = chunks.get(chunk(hash));
    Cell cell = chunk == null ? null : chunk.get(within(hash));
    if (cell != null) {
      cells.accept(cell);
    }
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
