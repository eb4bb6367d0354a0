package dev.larder.invalidation;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a table were written, as far as that can be told. Immutable and thread-safe.
 *
 * @param values for a column, the {@link ValueHash hashes} of every value that a written row has in
 *     it before or after the write; a column that is not among the keys may have any value
 * @param assigned the columns of which the value may have changed, no row having come or gone; null
 *     where rows may have come or gone, or any column may have changed
 * @param key a column that alone tells one row from all others and by which these were named; null
 *     where there is none
 */
public record RowChange(
    Map<String, Set<Integer>> values, @Nullable Set<String> assigned, @Nullable String key) {

  /** What a transaction remembers of a column, at most; a column with more values may have any. */
  private static final int MOST_VALUES = 1_000;

  /** Any row, in any column. */
  public static final RowChange ANY = new RowChange(Map.of(), null);

  public RowChange {
    values = copyOf(values);
    assigned = assigned == null ? null : Set.copyOf(assigned);
  }

  /** A change of rows that no key names. */
  public RowChange(Map<String, Set<Integer>> values, @Nullable Set<String> assigned) {
    this(values, assigned, null);
  }

  private static Map<String, Set<Integer>> copyOf(Map<String, Set<Integer>> values) {
    if (values.size() == 1) {
      Map.Entry<String, Set<Integer>> only = values.entrySet().iterator().next();
      Set<Integer> hashes = Set.copyOf(only.getValue());
      // What cannot change is its own copy, all the way down.
      return hashes == only.getValue() ? Map.copyOf(values) : Map.of(only.getKey(), hashes);
    }
    Map<String, Set<Integer>> copy = new HashMap<>();
    values.forEach((column, hashes) -> copy.put(column, Set.copyOf(hashes)));
    return Map.copyOf(copy);
  }

  /** This change and the other, by the same transaction. */
  public RowChange plus(RowChange other) {
    if (equals(other)) {
      return this;
    }
    Map<String, Set<Integer>> both = new HashMap<>();
    values.forEach(
        (column, mine) -> {
          Set<Integer> others = other.values.get(column);
          if (others != null) {
            Set<Integer> all = new HashSet<>(mine);
            all.addAll(others);
            if (all.size() <= MOST_VALUES) {
              both.put(column, all);
            }
          }
        });
    Set<String> columns = null;
    if (assigned != null && other.assigned != null) {
      columns = new HashSet<>(assigned);
      columns.addAll(other.assigned);
    }
    return new RowChange(both, columns, Objects.equals(key, other.key) ? key : null);
  }

  /**
   * The same rows, whatever has changed of them and whoever changed it: those that the key names,
   * or any.
   */
  public RowChange inAllColumns() {
    Set<Integer> named = key == null ? null : values.get(key);
    return key == null || named == null ? ANY : new RowChange(Map.of(key, named), null, key);
  }

  /**
   * Whether no answer can change that follows from these columns alone.
   *
   * @param columns null for all columns
   */
  public boolean sparesAll(@Nullable Set<String> columns) {
    return assigned != null && columns != null && Collections.disjoint(assigned, columns);
  }
}
