package dev.larder.jdbc.internal.source;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The values of the rows that a transaction wrote into one table, before and after, column by
 * column. Used by one thread.
 */
public final class RowImages {

  /** More rows than these are any rows. */
  private static final int MOST_ROWS = 200;

  private final Map<String, Set<String>> values = new HashMap<>();
  private int rows;

  /** Whether more rows are worth reading. */
  public boolean isOpen() {
    return rows < MOST_ROWS;
  }

  /**
   * Adds a row.
   *
   * @param row the values of each column of which all are known, before and after
   */
  public void add(Map<String, Set<String>> row) {
    if (rows++ == 0) {
      row.forEach((column, each) -> values.put(column, new HashSet<>(each)));
      return;
    }
    values.keySet().retainAll(row.keySet());
    values.forEach((column, all) -> all.addAll(row.getOrDefault(column, Set.of())));
  }

  /** Rows were written of which nothing is known. */
  public void addAny() {
    rows = MOST_ROWS;
    values.clear();
  }

  public Map<String, Set<String>> values() {
    return values;
  }
}
