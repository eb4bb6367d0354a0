package dev.larder.jdbc.internal.rows;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.RowChange;
import dev.larder.invalidation.TableName;
import dev.larder.jdbc.internal.analysis.Operand;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table that a statement writes, once its operands have values. Immutable and
 * thread-safe.
 *
 * @param columns the columns of which every written row's values are among some operands'
 * @param assigned the columns that an UPDATE may change, generated ones included; null for an
 *     INSERT or a DELETE
 * @param key one of the columns that alone tells one row from all others; null where there is none
 * @param following the rows of other tables that triggers and cascades write by the values of these
 */
public record RowsWritten(
    TableName table,
    List<OfColumn> columns,
    @Nullable Set<String> assigned,
    @Nullable String key,
    List<RowsWritten> following) {

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
    private @Nullable Set<Integer> hashes(Execution execution) {
      Integer only = onlyHash(execution);
      if (only != null) {
        return Set.of(only);
      }
      Set<Integer> hashes = new HashSet<>();
      return addAll(compared, false, execution, hashes) && addAll(given, true, execution, hashes)
          ? hashes
          : null;
    }

    /** Where there is one value, which most have; null where there are more, or it is not told. */
    private @Nullable Integer onlyHash(Execution execution) {
      boolean stored = compared.isEmpty();
      List<Operand> operands = stored ? given : compared;
      if (operands.size() != 1 || (!stored && !given.isEmpty())) {
        return null;
      }
      Operand only = operands.get(0);
      if (!(only instanceof Operand.Parameter || only instanceof Operand.Literal)) {
        return null;
      }
      Object value = execution.value(only, kind);
      return value == null || (stored && !keeps(value)) ? null : kind.hash(value);
    }

    private boolean addAll(
        List<Operand> operands, boolean stored, Execution execution, Set<Integer> into) {
      for (Operand operand : operands) {
        if (!execution.addHashes(operand, kind, value -> !stored || keeps(value), into)) {
          return false;
        }
      }
      return true;
    }

    /** Whether the database stores the value as it is: some products clip what is out of range. */
    private boolean keeps(Object value) {
      Long number = ColumnKind.wholeNumber(value);
      return number == null || (number >= least && number <= most);
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
  private static final Map.Entry<String, Set<Integer>>[] NO_VALUES = new Map.Entry[0];

  public RowsWritten {
    columns = onceEach(columns);
    assigned = assigned == null ? null : Set.copyOf(assigned);
    following = List.copyOf(following);
  }

  /** What is told of a column twice holds both times. */
  private static List<OfColumn> onceEach(List<OfColumn> columns) {
    Set<String> names = new HashSet<>();
    return columns.stream().filter(each -> names.add(each.column())).toList();
  }

  /** Rows that nothing is written by. */
  public RowsWritten(
      TableName table,
      List<OfColumn> columns,
      @Nullable Set<String> assigned,
      @Nullable String key) {
    this(table, columns, assigned, key, List.of());
  }

  /** These rows, by which others are written. */
  public RowsWritten followedBy(List<RowsWritten> others) {
    return others.isEmpty() ? this : new RowsWritten(table, columns, assigned, key, others);
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
    return by.isEmpty() && assigned == null ? "" : PartOfTable.inWords(table, by, assigned);
  }

  /** {@code changes}, of which those to the tables are to the rows that this execution names. */
  public ChangeSet within(ChangeSet changes, Execution execution) {
    ChangeSet within = changes.within(table, new RowChange(values(execution), assigned, key));
    for (RowsWritten each : following) {
      within = each.within(within, execution);
    }
    return within;
  }

  private Map<String, Set<Integer>> values(Execution execution) {
    if (columns.size() == 1) {
      // A write by one key: what most are, and so without what a table of hashes takes.
      OfColumn only = columns.get(0);
      Set<Integer> hashes = only.hashes(execution);
      return hashes == null ? Map.of() : Map.of(only.column(), hashes);
    }
    // None of it can change, so that nothing of it is copied.
    List<Map.Entry<String, Set<Integer>>> values = new ArrayList<>(columns.size());
    for (OfColumn each : columns) {
      Set<Integer> hashes = each.hashes(execution);
      if (hashes != null) {
        values.add(Map.entry(each.column(), hashes));
      }
    }
    return Map.ofEntries(values.toArray(NO_VALUES));
  }
}
