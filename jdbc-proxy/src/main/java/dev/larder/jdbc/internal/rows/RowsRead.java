package dev.larder.jdbc.internal.rows;

import dev.larder.invalidation.Ledger;
import dev.larder.invalidation.RowKey;
import dev.larder.invalidation.TableName;
import dev.larder.invalidation.TrackedFootprint;
import dev.larder.invalidation.TrackedFootprint.Narrowing;
import dev.larder.invalidation.TrackedRows;
import dev.larder.jdbc.internal.analysis.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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

  private final Ledger ledger;
  private final List<OfTable> wanted;
  private volatile @Nullable List<Look> looks;

  /**
   * @param wanted what a query needs of its tables, where that is less than all of them
   */
  public RowsRead(Ledger ledger, List<OfTable> wanted) {
    this.ledger = ledger;
    this.wanted = List.copyOf(wanted);
  }

  /** Found when they are first needed: each costs the commits to its table. */
  private List<Look> looks() {
    List<Look> known = looks;
    if (known == null) {
      known = wanted.stream().map(this::track).filter(Objects::nonNull).toList();
      looks = known;
    }
    return known;
  }

  private @Nullable Look track(OfTable each) {
    TrackedRows rows = ledger.trackRows(each.table(), each.column(), each.columns());
    if (rows == null && each.column() != null) {
      rows = ledger.trackRows(each.table(), each.column(), null);
    }
    return rows == null ? null : new Look(each, rows);
  }

  /** The key of a query that finds the rows of one table by one parameter, or null. */
  public @Nullable RowKey key() {
    if (wanted.size() != 1) {
      return null;
    }
    OfTable only = wanted.get(0);
    String column = only.column();
    ColumnKind kind = only.kind();
    boolean byParameter =
        only.values().size() == 1 && only.values().get(0) instanceof Operand.Parameter;
    return column == null || kind == null || !byParameter
        ? null
        : new RowKey(only.table(), column, only.columns(), kind::hash);
  }

  /** What one execution depends on: {@code whole}, or less. */
  public TrackedFootprint of(TrackedFootprint whole, Execution execution) {
    List<Look> all = looks();
    List<Narrowing> narrowings = new ArrayList<>(all.size());
    for (Look look : all) {
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
