package dev.larder.hibernate.internal.link;

import java.util.Map;
import java.util.Set;

/**
 * What an entity or a collection is read from, as Hibernate spells it. Immutable and thread-safe.
 *
 * @param tables tables and views, as they stand in FROM
 * @param queries queries whose answers are part of it: formulas
 * @param keepers for each table whose rows Hibernate's own actions account for, in whose name
 * @param keys for each table of which only the rows of the entity or collection count, how they are
 *     found
 */
public record Sought(
    Set<String> tables, Set<String> queries, Map<String, String> keepers, Map<String, Key> keys) {

  /**
   * How the rows of one entity or collection are found.
   *
   * @param column that its id or its owner's key equals
   * @param reads the columns of those rows that count; empty for all
   */
  public record Key(String column, Set<String> reads) {

    public Key {
      reads = Set.copyOf(reads);
    }

    String query(String table) {
      String columns = reads.isEmpty() ? "*" : String.join(", ", reads);
      return "select " + columns + " from " + table + " where " + column + " = ?";
    }
  }

  public Sought {
    tables = Set.copyOf(tables);
    queries = Set.copyOf(queries);
    keepers = Map.copyOf(keepers);
    keys = Map.copyOf(keys);
  }

  /** A table or view, any change to which counts. */
  public static Sought ofTable(String table) {
    return new Sought(Set.of(table), Set.of(), Map.of(), Map.of());
  }
}
