package dev.larder.hibernate.internal.link;

import java.util.Map;
import java.util.Set;

/**
 * What an entity or a collection is read from, as Hibernate spells it. Immutable and thread-safe.
 *
 * @param tables tables and views, as they stand in FROM
 * @param queries queries whose answers are part of it: formulas
 * @param keepers for each table whose rows Hibernate's own actions account for, in whose name
 */
public record Sought(Set<String> tables, Set<String> queries, Map<String, String> keepers) {

  public Sought {
    tables = Set.copyOf(tables);
    queries = Set.copyOf(queries);
    keepers = Map.copyOf(keepers);
  }
}
