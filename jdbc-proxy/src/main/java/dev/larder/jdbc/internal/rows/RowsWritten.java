package dev.larder.jdbc.internal.rows;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.RowChange;
import dev.larder.invalidation.TableName;
import dev.larder.jdbc.internal.analysis.Operand;
import java.util.HashMap;
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
      if (compared.size() == 1 && given.isEmpty()) {
        Operand only = compared.get(0);
        boolean isOne = only instanceof Operand.Parameter || only instanceof Operand.Literal;
        Integer hash = isOne ? execution.hash(only, kind) : null;
        if (hash != null) {
          return Set.of(hash);
        }
      }
      Set<Integer> hashes = new HashSet<>();
      return addAll(compared, false, execution, hashes) && addAll(given, true, execution, hashes)
          ? hashes
          : null;
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

  public RowsWritten {
    columns = List.copyOf(columns);
    assigned = assigned == null ? null : Set.copyOf(assigned);
    following = List.copyOf(following);
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
    Map<String, Set<Integer>> values = new HashMap<>();
    for (OfColumn each : columns) {
      Set<Integer> hashes = each.hashes(execution);
      if (hashes != null) {
        values.put(each.column(), hashes);
      }
    }
    return values;
  }
}
