package dev.larder.invalidation;

import java.util.Collections;
import java.util.Map;
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
 * @param shortened whether the hashes are but their lowest bits, from which no value can be told
 * @param onlyAdds whether rows have come and nothing else has changed
 */
public record RowChange(
    Map<String, Set<Integer>> values,
    @Nullable Set<String> assigned,
    @Nullable String key,
    boolean shortened,
    boolean onlyAdds) {

  /** Any row, in any column. */
  public static final RowChange ANY = new RowChange(Map.of(), null);

  public RowChange {
    values = ValuesByColumn.copyOf(values);
    assigned = assigned == null ? null : Set.copyOf(assigned);
    if (onlyAdds && assigned != null) {
      throw new IllegalArgumentException("rows that come are not assigned to");
    }
  }

  /** A change of which the hashes are whole. */
  public RowChange(
      Map<String, Set<Integer>> values, @Nullable Set<String> assigned, @Nullable String key) {
    this(values, assigned, key, false, false);
  }

  /** The same of rows that no key names. */
  public RowChange(Map<String, Set<Integer>> values, @Nullable Set<String> assigned) {
    this(values, assigned, null);
  }

  /**
   * A change of rows of which some columns' values are known.
   *
   * @param columns of which values may be known; not to be changed any more
   * @param hashes those of the column at the same place, or null where it may have any value; not
   *     to be changed any more
   */
  public static RowChange of(
      String[] columns,
      @Nullable ValueHashes[] hashes,
      @Nullable Set<String> assigned,
      @Nullable String key) {
    return new RowChange(new ValuesByColumn(columns, hashes), assigned, key);
  }

  /**
   * Rows that were added, of which some columns' values are known.
   *
   * @param columns as in {@link #of}
   * @param hashes as in {@link #of}
   */
  public static RowChange added(
      String[] columns, @Nullable ValueHashes[] hashes, @Nullable String key) {
    return new RowChange(new ValuesByColumn(columns, hashes), null, key, false, true);
  }

  ValuesByColumn byColumn() {
    return (ValuesByColumn) values;
  }

  /** The hashes of a column; null where it may have any value. */
  public @Nullable ValueHashes hashes(String column) {
    return byColumn().get(column);
  }

  /**
   * The same rows, whatever has changed of them and whoever changed it: those that the key names,
   * or any.
   */
  public RowChange inAllColumns() {
    Set<Integer> named = key == null ? null : values.get(key);
    return key == null || named == null
        ? ANY
        : new RowChange(Map.of(key, named), null, key, shortened, false);
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
