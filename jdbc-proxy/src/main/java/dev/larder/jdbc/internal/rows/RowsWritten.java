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
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table that a statement writes, once its operands have values. Immutable and
 * thread-safe.
 *
 * @param columns the columns of which every written row's values are among some operands'
 * @param assigned the columns that an UPDATE may change, generated ones included; null for an
 *     INSERT or a DELETE
 * @param key one of the columns that alone tells one row from all others; null where there is none
 */
public record RowsWritten(
    TableName table, List<OfColumn> columns, @Nullable Set<String> assigned, @Nullable String key) {

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
  }

  public RowsWritten {
    columns = List.copyOf(columns);
    assigned = assigned == null ? null : Set.copyOf(assigned);
  }

  /** {@code changes}, of which those to the table are to the rows that this execution names. */
  public ChangeSet within(ChangeSet changes, Execution execution) {
    Map<String, Set<Integer>> values = new HashMap<>(2);
    for (OfColumn each : columns) {
      Set<Integer> hashes = new HashSet<>(2);
      if (addAll(each, each.compared(), false, execution, hashes)
          && addAll(each, each.given(), true, execution, hashes)) {
        values.put(each.column(), hashes);
      }
    }
    return changes.within(table, new RowChange(values, assigned, key));
  }

  private static boolean addAll(
      OfColumn column,
      List<Operand> operands,
      boolean stored,
      Execution execution,
      Set<Integer> into) {
    for (Operand operand : operands) {
      if (!execution.addHashes(
          operand, column.kind(), value -> !stored || keeps(column, value), into)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the database stores the value as it is: some products clip what is out of range. */
  private static boolean keeps(OfColumn column, Object value) {
    Long number = ColumnKind.wholeNumber(value);
    return number == null || (number >= column.least() && number <= column.most());
  }
}
