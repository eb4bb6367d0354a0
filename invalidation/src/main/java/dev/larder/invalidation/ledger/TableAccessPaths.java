package dev.larder.invalidation.ledger;

import dev.larder.invalidation.RowChange;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The ways in which a table is looked at by rows: by all who depend on every change to it, or by
 * one keeper, who accounts for some changes itself. Thread-safe; what a commit asks takes no lock.
 */
final class TableLooks {

  private static final int MOST = 24;

  /** Opened by every change that counts here, before any look is asked. */
  private final Gate gate;

  private final Lock adding = new ReentrantLock();
  private volatile TrackedRows[] looks = {};

  TableLooks(Gate gate) {
    this.gate = gate;
  }

  Gate gate() {
    return gate;
  }

  boolean isEmpty() {
    return looks.length == 0;
  }

  /** The look of that kind; null where there are too many already. */
  @Nullable TrackedRows track(
      @Nullable String column, @Nullable Set<String> reads, @Nullable Set<String> choosing) {
    adding.lock();
    try {
      TrackedRows[] known = looks;
      for (TrackedRows each : known) {
        if (each.isFor(column, reads, choosing)) {
          return each;
        }
      }
      if (known.length == MOST) {
        return null;
      }
      TrackedRows[] more = Arrays.copyOf(known, known.length + 1);
      more[known.length] = new TrackedRows(gate, column, reads, choosing);
      looks = more;
      return more[known.length];
    } finally {
      adding.unlock();
    }
  }

  /** Names each cell that a change moves, but for the gate. */
  void meeting(RowChange change, Consumer<Cell> cells) {
    for (TrackedRows look : looks) {
      look.meeting(change, cells);
    }
  }
}
