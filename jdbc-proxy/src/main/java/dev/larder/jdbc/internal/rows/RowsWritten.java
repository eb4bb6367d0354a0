package dev.larder.jdbc.internal.rows;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.RowChange;
import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ValueHashes;
import dev.larder.jdbc.internal.analysis.Operand;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table that a statement writes, once its operands have values. Immutable and
 * thread-safe.
 */
public final class RowsWritten {

  /**
   * The values of one column of the written rows.
   *
   * @param compared what it equalled before
   * @param given what it is given
   * @param least the least number that is stored as it is given
   * @param most the greatest
   */
  public record OfColumn(
      String column,
      ColumnKind kind,
      List<Operand> compared,
      List<Operand> given,
      long least,
      long most) {
    public OfColumn {
      compared = List.copyOf(compared);
      given = List.copyOf(given);
    }

    /** The hashes of its values in one execution; null where one of them is not told. */
    private @Nullable ValueHashes hashes(Execution execution) {
      if (isOne()) {
        long only = onlyHash(execution);
        return only == ColumnKind.UNTOLD ? null : ValueHashes.of((int) only);
      }
      ValueHashes.Builder hashes = new ValueHashes.Builder();
      return addAll(execution, hashes) ? hashes.build() : null;
    }

    /**
     * Adds the hashes of its values in one execution.
     *
     * @return false where one of them is not told
     */
    boolean addTo(ValueHashes.Builder into, Execution execution) {
      if (!isOne()) {
        return addAll(execution, into);
      }
      long only = onlyHash(execution);
      if (only == ColumnKind.UNTOLD) {
        return false;
      }
      into.add((int) only);
      return true;
    }

    /** Whether it has one value, which most have. */
    private boolean isOne() {
      return compared.size() + given.size() == 1 && Execution.isSingle(onlyOperand());
    }

    private Operand onlyOperand() {
      return compared.isEmpty() ? given.get(0) : compared.get(0);
    }

    private long onlyHash(Execution execution) {
      Object value = execution.value(onlyOperand(), kind);
      return value == null || (compared.isEmpty() && !keeps(value))
          ? ColumnKind.UNTOLD
          : kind.hashed(value);
    }

    private boolean addAll(Execution execution, ValueHashes.Builder into) {
      return addAll(compared, false, execution, into) && addAll(given, true, execution, into);
    }

    private boolean addAll(
        List<Operand> operands, boolean stored, Execution execution, ValueHashes.Builder into) {
      for (Operand operand : operands) {
        if (!execution.addHashes(operand, kind, value -> !stored || keeps(value), into)) {
          return false;
        }
      }
      return true;
    }

    /** Whether the database stores the value as it is: some products clip what is out of range. */
    private boolean keeps(Object value) {
      if (value instanceof Integer || value instanceof Long) {
        return isWithin(((Number) value).longValue());
      }
      Long number = ColumnKind.wholeNumber(value);
      return number == null || isWithin(number);
    }

    private boolean isWithin(long number) {
      return number >= least && number <= most;
    }
  }

  /**
   * What becomes of the rows.
   *
   * @param assigned the columns that an UPDATE may change, generated ones included; null where rows
   *     come or go
   * @param onlyAdds whether rows come, and nothing else happens
   */
  public record Fate(@Nullable Set<String> assigned, boolean onlyAdds) {

    /** Rows may come and go, and any of their columns may change. */
    public static final Fate ANY = new Fate(null, false);

    /** Rows come. */
    public static final Fate ADDED = new Fate(null, true);

    public Fate {
      assigned = assigned == null ? null : Set.copyOf(assigned);
    }

    /** These columns may change. */
    public static Fate assigned(Set<String> columns) {
      return new Fate(columns, false);
    }
  }

  private final TableName table;
  private final List<OfColumn> columns;
  private final Fate fate;
  private final @Nullable String key;
  private final List<RowsWritten> following;

  /** Of the columns, in their order, for what each execution says. */
  private final String[] names;

  /** Rows that nothing is written by. */
  public RowsWritten(TableName table, List<OfColumn> columns, Fate fate, @Nullable String key) {
    this(table, columns, fate, key, List.of());
  }

  /**
   * @param columns the columns of which every written row's values are among some operands'
   * @param key one of the columns that alone tells one row from all others; null where there is
   *     none
   * @param following the rows of other tables that triggers and cascades write by the values of
   *     these
   */
  private RowsWritten(
      TableName table,
      List<OfColumn> columns,
      Fate fate,
      @Nullable String key,
      List<RowsWritten> following) {
    this.table = table;
    this.columns = onceEach(columns);
    this.fate = fate;
    this.key = key;
    this.following = List.copyOf(following);
    this.names = this.columns.stream().map(OfColumn::column).toArray(String[]::new);
  }

  /** What is told of a column twice holds both times. */
  private static List<OfColumn> onceEach(List<OfColumn> columns) {
    Set<String> names = new HashSet<>();
    return columns.stream().filter(each -> names.add(each.column())).toList();
  }

  public TableName table() {
    return table;
  }

  /** The columns of which the written rows' values are told, each once. */
  public List<OfColumn> columns() {
    return columns;
  }

  List<RowsWritten> following() {
    return following;
  }

  /** These rows, by which others are written. */
  public RowsWritten followedBy(List<RowsWritten> others) {
    return others.isEmpty() ? this : new RowsWritten(table, columns, fate, key, others);
  }

  /** What of its tables it touches, where that is less than all, for {@code explain}. */
  public String inWords() {
    return Stream.concat(Stream.of(this), following.stream())
        .map(RowsWritten::ofTable)
        .filter(words -> !words.isEmpty())
        .collect(Collectors.joining("; "));
  }

  private String ofTable() {
    Set<String> by = columns.stream().map(OfColumn::column).collect(Collectors.toSet());
    return by.isEmpty() && fate.assigned() == null
        ? ""
        : PartOfTable.inWords(table, by, fate.assigned());
  }

  /** {@code changes}, of which those to the tables are to the rows that this execution names. */
  public ChangeSet within(ChangeSet changes, Execution execution) {
    @Nullable ValueHashes[] hashes = new ValueHashes[names.length];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = columns.get(i).hashes(execution);
    }
    ChangeSet within = changes.within(table, change(hashes));
    for (RowsWritten each : following) {
      within = each.within(within, execution);
    }
    return within;
  }

  /**
   * The change of rows with these values.
   *
   * @param hashes of the columns, in their order; null where any value may have been written
   */
  RowChange change(@Nullable ValueHashes[] hashes) {
    return fate.onlyAdds()
        ? RowChange.added(names, hashes, key)
        : RowChange.of(names, hashes, fate.assigned(), key);
  }
}
