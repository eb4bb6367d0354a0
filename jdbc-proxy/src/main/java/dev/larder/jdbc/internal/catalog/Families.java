package dev.larder.jdbc.internal.catalog;

import dev.larder.invalidation.TableName;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Tables that share rows with each other: partitions and inheriting children with all they descend
 * from. Immutable and thread-safe.
 */
final class Families {

  /*
   * A row of a child is a row of its ancestors too, and an INSERT into a partitioned table lands in a
   * partition: reading any member may see what was written through any other. So a family has one
   * cell, named after one of its topmost members, and every member stands for that cell in reads and
   * in writes alike. Naming all members instead would be right as well, but a hit checks every cell
   * of its footprint, and partitioned tables have hundreds of members. With multiple inheritance two
   * roots can share a child; all that hang together are one family, which is more than needed and
   * never less. A source that reports a single partition is mapped by RelationalCatalogue.cell.
   */

  private static final Comparator<TableName> BY_NAME =
      Comparator.comparing(TableName::schema).thenComparing(TableName::name);

  private final Map<TableName, Set<TableName>> membersOf = new HashMap<>();
  private final Map<TableName, TableName> cellOf = new HashMap<>();

  /**
   * @param parentsOf the direct parents of every table that has any
   */
  Families(Map<TableName, ? extends Set<TableName>> parentsOf) {
    Map<TableName, Set<TableName>> neighbours = new HashMap<>();
    parentsOf.forEach(
        (child, parents) ->
            parents.forEach(
                parent -> {
                  neighbours.computeIfAbsent(child, any -> new LinkedHashSet<>()).add(parent);
                  neighbours.computeIfAbsent(parent, any -> new LinkedHashSet<>()).add(child);
                }));
    for (TableName start : neighbours.keySet()) {
      if (!membersOf.containsKey(start)) {
        Set<TableName> members = connected(start, neighbours);
        TableName root =
            members.stream().filter(m -> !parentsOf.containsKey(m)).min(BY_NAME).orElse(start);
        members.forEach(
            member -> {
              membersOf.put(member, members);
              cellOf.put(member, root);
            });
      }
    }
  }

  private static Set<TableName> connected(
      TableName start, Map<TableName, Set<TableName>> neighbours) {
    Set<TableName> members = new LinkedHashSet<>();
    Deque<TableName> open = new ArrayDeque<>();
    open.push(start);
    while (!open.isEmpty()) {
      TableName next = open.pop();
      if (members.add(next)) {
        open.addAll(neighbours.getOrDefault(next, Set.of()));
      }
    }
    return Set.copyOf(members);
  }

  /** The table whose cell stands for this one. */
  TableName cell(TableName table) {
    return cellOf.getOrDefault(table, table);
  }

  /** All tables of the family, this one included. */
  Set<TableName> members(TableName table) {
    return membersOf.getOrDefault(table, Set.of(table));
  }
}
