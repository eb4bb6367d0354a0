package dev.larder.jdbc.internal.rows;

import dev.larder.invalidation.Ledger;
import dev.larder.invalidation.TableName;
import dev.larder.invalidation.TrackedFootprint;
import dev.larder.invalidation.TrackedFootprint.Narrowing;
import dev.larder.invalidation.TrackedRows;
import dev.larder.jdbc.internal.analysis.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of its tables a query depends on, once its operands have values. Immutable and
 * thread-safe.
 */
public final class RowsRead {

  /**
   * What a query needs of one table.
   *
   * @param column the column that fixes the rows, or null where any row may count
   * @param kind the kind of that column
   * @param values what it equals
   * @param columns the columns that are read, or null for all
   */
  public record OfTable(
      TableName table,
      @Nullable String column,
      @Nullable ColumnKind kind,
      List<Operand> values,
      @Nullable Set<String> columns) {
    public OfTable {
      values = List.copyOf(values);
      columns = columns == null ? null : Set.copyOf(columns);
    }
  }

  private record Look(OfTable wanted, TrackedRows rows) {}

  /** More values than this are not worth a cell each. */
  private static final int MOST_VALUES = 32;

  private static final int[] NO_VALUES = {};

  private final List<Look> looks;

  private RowsRead(List<Look> looks) {
    this.looks = looks;
  }

  /**
   * Begins to track in the ledger what a query needs; null where that is no less than its tables.
   */
  public static @Nullable RowsRead track(Ledger ledger, List<OfTable> wanted) {
    List<Look> looks = new ArrayList<>();
    for (OfTable each : wanted) {
      TrackedRows rows = ledger.trackRows(each.table(), each.column(), each.columns());
      if (rows == null && each.column() != null) {
        rows = ledger.trackRows(each.table(), each.column(), null);
      }
      if (rows != null) {
        looks.add(new Look(each, rows));
      }
    }
    return looks.isEmpty() ? null : new RowsRead(List.copyOf(looks));
  }

  /** What one execution depends on: {@code whole}, or less. */
  public TrackedFootprint of(TrackedFootprint whole, Execution execution) {
    List<Narrowing> narrowings = new ArrayList<>(looks.size());
    for (Look look : looks) {
      int[] hashes = hashes(look.wanted(), execution);
      if (hashes != null) {
        narrowings.add(new Narrowing(look.wanted().table(), look.rows(), hashes));
      }
    }
    return narrowings.isEmpty() ? whole : whole.narrowed(narrowings);
  }

  private static int @Nullable [] hashes(OfTable wanted, Execution execution) {
    ColumnKind kind = wanted.kind();
    if (kind == null) {
      return NO_VALUES;
    }
    List<Operand> values = wanted.values();
    if (values.size() > MOST_VALUES) {
      return null;
    }
    int[] hashes = new int[values.size()];
    for (int i = 0; i < hashes.length; i++) {
      Object value = execution.value(values.get(i), kind);
      Integer hash = value == null ? null : kind.hash(value);
      if (hash == null) {
        return null;
      }
      hashes[i] = hash;
    }
    return hashes;
  }
}
