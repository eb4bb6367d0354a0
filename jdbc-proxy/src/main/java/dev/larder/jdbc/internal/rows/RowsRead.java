package dev.larder.jdbc.internal.rows;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.RowChange;
import dev.larder.invalidation.Scope;
import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ValueHashes;
import dev.larder.invalidation.ledger.AccessPath;
import dev.larder.invalidation.ledger.Ledger;
import dev.larder.invalidation.ledger.RowKey;
import dev.larder.invalidation.ledger.TrackedFootprint;
import dev.larder.invalidation.ledger.TrackedFootprint.Narrowing;
import dev.larder.jdbc.internal.analysis.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows of its tables that a query depends on, once its operands have values. Immutable and
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
   * @param once what the answer tells of its rows once it is there, or null for nothing
   */
  public record OfTable(
      TableName table,
      @Nullable String column,
      @Nullable ColumnKind kind,
      List<Operand> values,
      @Nullable Set<String> columns,
      @Nullable Once once) {
    public OfTable {
      values = List.copyOf(values);
      columns = columns == null ? null : Set.copyOf(columns);
    }
  }

  /** What an answer each row of which is one of the table's tells of the rows it depends on. */
  public sealed interface Once {}

  /**
   * There is at most one, for a value of a unique key: where it is there, no other one can come.
   *
   * @param beside another column that the answer shows, by which others may write the row; null
   *     where there is none
   */
  public record OnlyRow(@Nullable Beside beside) implements Once {}

  /** A column of which an answer shows what its rows hold. */
  public record Beside(String column, ColumnKind kind) {}

  /**
   * They show the value that this column has in them.
   *
   * @param choosing the columns that decide which rows are shown, and in which order
   */
  public record Shown(String column, ColumnKind kind, Set<String> choosing) implements Once {
    public Shown {
      choosing = Set.copyOf(choosing);
    }
  }

  /** An answer that is there, as far as this asks about it. */
  public interface ShownRows {

    int rows();

    /**
     * What the column of that name has in a row, from 0; null for NULL or where that is not told.
     */
    @Nullable Object value(String column, int row);
  }

  /**
   * @param rows what depends on the table before the answer is there; null where all of it does
   * @param ranges the same where there are too many values for a cell each
   * @param choosing what decides which rows the answer shows; null where that is not told apart, or
   *     the table has too many access paths
   * @param shown its rows, as far as choosing has no part in it; or the only row, where the answer
   *     shows another column by which it may be written; null like that
   */
  private record TrackedTable(
      OfTable wanted,
      @Nullable AccessPath rows,
      RangesRead ranges,
      @Nullable AccessPath choosing,
      @Nullable AccessPath shown) {}

  /** More values than this are not worth a cell each. */
  private static final int MOST_VALUES = 32;

  private static final int[] NO_VALUES = {};

  private final Ledger ledger;
  private final List<OfTable> wanted;
  private volatile @Nullable List<TrackedTable> tracked;

  /**
   * @param wanted what a query needs of its tables, where that is less than all of them; empty
   *     where it is all of each
   */
  public RowsRead(Ledger ledger, List<OfTable> wanted) {
    this.ledger = ledger;
    this.wanted = List.copyOf(wanted);
  }

  /** Found when they are first needed: each costs the commits to its table. */
  private List<TrackedTable> tracked() {
    List<TrackedTable> known = tracked;
    if (known == null) {
      known = wanted.stream().map(this::track).filter(Objects::nonNull).toList();
      tracked = known;
    }
    return known;
  }

  private @Nullable TrackedTable track(OfTable each) {
    AccessPath rows = null;
    if (each.column() != null || each.columns() != null) {
      rows = ledger.trackRows(each.table(), each.column(), each.columns());
      if (rows == null && each.column() != null) {
        rows = ledger.trackRows(each.table(), each.column(), null);
      }
    }
    RangesRead ranges = new RangesRead(ledger, each);
    if (!(each.once() instanceof Shown key)) {
      return rows == null && each.column() == null
          ? null
          : new TrackedTable(each, rows, ranges, null, onlyRow(each));
    }
    AccessPath choosing = ledger.trackRows(each.table(), each.column(), key.choosing());
    AccessPath shown =
        ledger.trackShown(
            each.table(), key.column(), each.columns(), key.choosing(), each.column());
    return new TrackedTable(each, rows, ranges, choosing, shown);
  }

  private @Nullable AccessPath onlyRow(OfTable each) {
    Beside beside = each.once() instanceof OnlyRow only ? only.beside() : null;
    String column = each.column();
    return beside == null || column == null
        ? null
        : ledger.trackRowsBeside(each.table(), column, each.columns(), beside.column());
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

  /**
   * The column by which the query finds rows, where it is one column of one table that must equal
   * one value; null otherwise.
   */
  public @Nullable String onlyColumn() {
    OfTable only = wanted.size() == 1 ? wanted.get(0) : null;
    return only == null
            || only.kind() == null
            || only.values().size() != 1
            || !Execution.isSingle(only.values().get(0))
        ? null
        : only.column();
  }

  /**
   * Whether no two rows have the same value in that column, and the answer is the one that has it.
   */
  public boolean showsOnlyRow() {
    return wanted.size() == 1 && wanted.get(0).once() instanceof OnlyRow;
  }

  /**
   * What that column must equal in one execution: equal in Java to what {@link #comparable} says of
   * a row's value if and only if it is to the database. Null where that is not told.
   */
  public @Nullable Object onlyValue(Execution execution) {
    ColumnKind kind = wanted.get(0).kind();
    Object value = kind == null ? null : execution.value(wanted.get(0).values().get(0), kind);
    return kind == null || value == null ? null : kind.comparable(value);
  }

  /** A value that the column has in a row; null where it is not told which others it equals. */
  public @Nullable Object comparable(Object value) {
    ColumnKind kind = wanted.get(0).kind();
    return kind == null ? null : kind.comparable(value);
  }

  /** What of its tables the query depends on, where that is less than all, for {@code explain}. */
  public String inWords() {
    return wanted.stream()
        .filter(each -> each.column() != null || each.columns() != null)
        .map(
            each ->
                PartOfTable.inWords(
                    each.table(),
                    each.column() == null ? Set.of() : Set.of(each.column()),
                    each.columns()))
        .collect(Collectors.joining("; "));
  }

  /** What one execution depends on: {@code whole}, or less. */
  public TrackedFootprint of(TrackedFootprint whole, Execution execution) {
    List<TrackedTable> all = tracked();
    if (all.isEmpty()) {
      return whole;
    }
    List<Narrowing> narrowings = new ArrayList<>(all.size());
    for (TrackedTable each : all) {
      Narrowing narrowing = narrowing(each, execution);
      if (narrowing != null) {
        narrowings.add(narrowing);
      }
    }
    return narrowings.isEmpty() ? whole : whole.narrowed(narrowings);
  }

  /** What one execution needs of a table; null where that is all of it. */
  private static @Nullable Narrowing narrowing(TrackedTable each, Execution execution) {
    int[] hashes = each.rows() == null ? null : hashes(each.wanted(), execution);
    return each.rows() != null && hashes != null
        ? new Narrowing(each.wanted().table(), each.rows(), hashes)
        : each.ranges().of(execution, MOST_VALUES);
  }

  /**
   * What an answer depends on now that it is there; null where that is what its execution did.
   *
   * <p>It is known to hold for a time only if that execution's stamp was current throughout.
   */
  public @Nullable TrackedFootprint of(
      TrackedFootprint whole, Execution execution, ShownRows answer) {
    // Only a query of one table shows its rows.
    List<TrackedTable> all = tracked();
    TrackedTable each = all.isEmpty() ? null : all.get(0);
    Once once = each == null ? null : each.wanted().once();
    if (each != null && once instanceof OnlyRow only) {
      return isThere(answer)
          ? ofOnlyRow(each, whole, hashes(each.wanted(), execution), beside(only, answer))
          : null;
    }
    if (each == null
        || !(once instanceof Shown key)
        || each.choosing() == null
        || each.shown() == null) {
      return null;
    }
    int[] found = hashes(each.wanted(), execution);
    int[] shown = hashes(key, answer);
    TableName table = each.wanted().table();
    return found == null || shown == null
        ? null
        : whole.narrowed(
            List.of(
                new Narrowing(table, each.choosing(), found),
                new Narrowing(table, each.shown(), shown, false, found)));
  }

  /**
   * @param found what finds the row; null where that is not told
   * @param beside what it holds in the other column; empty where that is not told
   */
  private static @Nullable TrackedFootprint ofOnlyRow(
      TrackedTable each, TrackedFootprint whole, int @Nullable [] found, int[] beside) {
    TableName table = each.wanted().table();
    AccessPath shown = each.shown();
    AccessPath rows = each.rows();
    if (found == null) {
      return null;
    } else if (shown != null && beside.length == 1) {
      return whole.narrowed(List.of(new Narrowing(table, shown, found, true, beside)));
    }
    return rows == null ? null : whole.narrowed(List.of(new Narrowing(table, rows, found, true)));
  }

  private static int[] beside(OnlyRow only, ShownRows answer) {
    Beside beside = only.beside();
    Object value = beside == null ? null : answer.value(beside.column(), 0);
    long hash = beside == null || value == null ? ColumnKind.UNTOLD : beside.kind().hashed(value);
    return hash == ColumnKind.UNTOLD ? NO_VALUES : new int[] {(int) hash};
  }

  private static boolean isThere(ShownRows answer) {
    return answer.rows() == 1;
  }

  /**
   * Whether changes, of whoever, could alter what one execution answers.
   *
   * <p>Where changes that only their own transaction can see could not, the answer is that of
   * everybody else: it would outlive their commit as well, by the same rows and columns.
   */
  public boolean isMetBy(ChangeSet changes, TrackedFootprint whole, Execution execution) {
    for (Scope scope : whole.footprint().scopes()) {
      if (changes.scopes().contains(scope)
          && !(scope instanceof Scope.Table table && isSpared(table.table(), changes, execution))) {
        return true;
      }
    }
    return false;
  }

  private boolean isSpared(TableName table, ChangeSet changes, Execution execution) {
    RowChange change = changes.rows().getOrDefault(table, RowChange.ANY);
    boolean isNarrowed = false;
    for (TrackedTable each : tracked()) {
      if (each.wanted().table().equals(table)) {
        Narrowing needed = narrowing(each, execution);
        if (needed == null || needed.rows().isMetBy(change, needed.hashes())) {
          return false;
        }
        isNarrowed = true;
      }
    }
    return isNarrowed;
  }

  private static int @Nullable [] hashes(Shown key, ShownRows answer) {
    if (answer.rows() > MOST_VALUES) {
      return null;
    }
    int[] hashes = new int[answer.rows()];
    for (int row = 0; row < hashes.length; row++) {
      Object value = answer.value(key.column(), row);
      long hash = value == null ? ColumnKind.UNTOLD : key.kind().hashed(value);
      if (hash == ColumnKind.UNTOLD) {
        return null;
      }
      hashes[row] = (int) hash;
    }
    return hashes;
  }

  private static int @Nullable [] hashes(OfTable wanted, Execution execution) {
    ColumnKind kind = wanted.kind();
    if (kind == null) {
      return NO_VALUES;
    }
    List<Operand> values = wanted.values();
    if (values.size() == 1 && Execution.isSingle(values.get(0))) {
      // What most queries find their rows by.
      Object value = execution.value(values.get(0), kind);
      long hash = value == null ? ColumnKind.UNTOLD : kind.hashed(value);
      return hash == ColumnKind.UNTOLD ? null : new int[] {(int) hash};
    }
    // An ORM fills an array up with what is in it already.
    ValueHashes.Builder all = new ValueHashes.Builder();
    for (Operand value : values) {
      if (!execution.addHashes(value, kind, all)) {
        return null;
      }
    }
    return all.size() == 0 || all.size() > MOST_VALUES ? null : all.build().toIntArray();
  }
}
