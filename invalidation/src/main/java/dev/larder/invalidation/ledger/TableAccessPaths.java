package dev.larder.invalidation.ledger;

import dev.larder.invalidation.RowChange;
import java.util.Arrays;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The access paths to the rows of a table: of all who depend on every change to it, or of one
 * cache, which accounts for some changes itself. Thread-safe; what a commit asks takes no lock.
 */
final class TableAccessPaths {

  private static final int MOST = 24;

  /** Opened by every change that counts here, before any access path is asked. */
  private final Gate gate;

  private final Lock adding = new ReentrantLock();
  private volatile AccessPath[] paths = {};

  TableAccessPaths(Gate gate) {
    this.gate = gate;
  }

  Gate gate() {
    return gate;
  }

  boolean isEmpty() {
    return paths.length == 0;
  }

  /** The access path of that kind; null where there are too many already. */
  @Nullable AccessPath track(AccessPath.Key key) {
    adding.lock();
    try {
      AccessPath[] known = paths;
      for (AccessPath each : known) {
        if (each.key().equals(key)) {
          return each;
        }
      }
      if (known.length == MOST) {
        return null;
      }
      AccessPath[] more = Arrays.copyOf(known, known.length + 1);
      more[known.length] = new AccessPath(gate, key);
      paths = more;
      return more[known.length];
    } finally {
      adding.unlock();
    }
  }

  /** Names each cell that a change moves, but for the gate. */
  void meeting(RowChange change, Consumer<Cell> cells) {
    for (AccessPath path : paths) {
      path.meeting(change, cells);
    }
  }
}
