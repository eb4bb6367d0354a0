package dev.larder.jdbc.internal.rows;

import dev.larder.invalidation.ledger.AccessPath;
import dev.larder.invalidation.ledger.Ledger;
import dev.larder.invalidation.ledger.TrackedFootprint.Narrowing;
import dev.larder.jdbc.internal.rows.RowsRead.OfTable;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one table that a query depends on, where its values are too many for a cell each: the
 * numbers of a range, of a long list. Thread-safe.
 */
final class RangesRead {

  private final Ledger ledger;
  private final OfTable wanted;
  private volatile @Nullable AccessPath path;
  private volatile boolean isRefused;

  RangesRead(Ledger ledger, OfTable wanted) {
    this.ledger = ledger;
    this.wanted = wanted;
  }

  /** What one execution needs; null where that is the whole table. */
  @Nullable Narrowing of(Execution execution, int mostIntervals) {
    String column = wanted.column();
    if (column == null || wanted.kind() != ColumnKind.WHOLE_NUMBER || isRefused) {
      return null;
    }
    int[] intervals = execution.intervals(wanted.values(), mostIntervals);
    AccessPath known = intervals == null ? null : path(column);
    return known == null || intervals == null
        ? null
        : new Narrowing(wanted.table(), known, intervals);
  }

  /** Found when it is first needed: it costs the commits to its table. */
  private @Nullable AccessPath path(String column) {
    AccessPath known = path;
    if (known == null) {
      known = ledger.trackRanges(wanted.table(), column, wanted.columns());
      if (known == null) {
        known = ledger.trackRanges(wanted.table(), column, null);
      }
      path = known;
      isRefused = known == null;
    }
    return known;
  }
}
