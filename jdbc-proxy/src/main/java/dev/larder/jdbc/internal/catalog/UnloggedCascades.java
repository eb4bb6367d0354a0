package dev.larder.jdbc.internal.catalog;

import dev.larder.invalidation.TableName;
import dev.larder.jdbc.internal.analysis.ObjectName;
import dev.larder.jdbc.internal.analysis.Verb;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What foreign keys do to other tables, for a log in which that is not written down. Triggers are
 * none of it: the rows that they write are in the log. Immutable and thread-safe.
 */
record UnloggedCascades(CatalogueContents contents) {

  private record Written(TableName table, Verb verb) {}

  /**
   * The cells of all tables that may change when rows of this one are updated or deleted.
   *
   * @return with the table's own only where a cascade leads back to it
   */
  Set<TableName> of(TableName table) {
    Set<TableName> cells = new HashSet<>();
    Set<Written> seen = new HashSet<>();
    Deque<Written> open = new ArrayDeque<>();
    ObjectName name = ObjectName.of(table.schema(), table.name());
    for (Relation relation : contents.relations(name, SearchPath.UNKNOWN)) {
      // A log may tell as an update what a REPLACE deleted first.
      open.add(new Written(relation.name(), Verb.UPDATE));
      open.add(new Written(relation.name(), Verb.DELETE));
    }
    seen.addAll(open);
    while (!open.isEmpty()) {
      Written next = open.remove();
      Relation relation = contents.relation(next.table);
      if (relation == null) {
        continue;
      }
      for (Effect effect : relation.effects()) {
        Written follows = effect.on().contains(next.verb) ? written(effect.then()) : null;
        if (follows != null) {
          cells.add(contents.families().cell(follows.table));
          if (seen.add(follows)) {
            open.add(follows);
          }
        }
      }
    }
    return cells;
  }

  private static @Nullable Written written(Effect.Consequence consequence) {
    if (consequence instanceof Effect.Deletes deletes) {
      return new Written(deletes.table(), Verb.DELETE);
    }
    return consequence instanceof Effect.Writes writes
        ? new Written(writes.table(), writes.verb())
        : null;
  }
}
