package dev.larder.hibernate.internal.link;

import java.util.Map;
import java.util.Set;

/**
 * The tables and queries that an entity or a collection is read from, as Hibernate spells them.
 * Immutable and thread-safe.
 *
 * @param tables tables and views, as they stand in FROM
 * @param queries queries whose answers are part of it: formulas
 * @param caches for each table whose rows Hibernate's own actions account for, the cache's name
 * @param keys for each table of which only the rows of the entity or collection count, how they are
 *     found
 */
public record TableDependencies(
    Set<String> tables, Set<String> queries, Map<String, String> caches, Map<String, Key> keys) {

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

  public TableDependencies {
    tables = Set.copyOf(tables);
    queries = Set.copyOf(queries);
    caches = Map.copyOf(caches);
    keys = Map.copyOf(keys);
  }

  /** A table or view, any change to which counts. */
  public static TableDependencies ofTable(String table) {
    return new TableDependencies(Set.of(table), Set.of(), Map.of(), Map.of());
  }
}
