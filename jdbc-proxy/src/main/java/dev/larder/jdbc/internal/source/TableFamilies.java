package dev.larder.jdbc.internal.source;

import dev.larder.invalidation.TableName;
import dev.larder.jdbc.internal.catalog.PostgresOids;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The tables of a PostgreSQL database, and which of them share rows: partitions and inheriting
 * children. Immutable; read for one use.
 *
 * <p>A family is a cell of the ledger, so a source reports it only if it reports every member that
 * holds rows.
 */
final class TableFamilies {

  /** A relation that may hold rows. */
  private record Member(TableName name, char kind, boolean permanent, boolean partition) {}

  private final Map<Long, Member> members = new HashMap<>();
  private final Map<Long, Set<Long>> parents = new HashMap<>();
  private final Map<Long, Set<Long>> relatives = new HashMap<>();

  /** Under which name a source reports the rows of a partition. */
  enum Rule {
    /** Its own. */
    UNDER_ITS_NAME,
    /** Its own, or that of a table it belongs to. */
    UNDER_AN_ANCESTOR,
    /** That of the table which the statement named, so each must be reported. */
    EVERY_MEMBER
  }

  private TableFamilies() {}

  static TableFamilies read(Connection sql) throws SQLException {
    TableFamilies families = new TableFamilies();
    try (Statement statement = sql.createStatement()) {
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT c.oid, n.nspname, c.relname, c.relkind, c.relpersistence = 'p',"
                  + " c.relispartition FROM pg_catalog.pg_class c"
                  + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                  + " WHERE c.relkind IN ('r', 'p', 'f') AND c.oid >= "
                  + PostgresOids.FIRST_USER
                  + " AND c.relpersistence <> 't'")) {
        while (rows.next()) {
          families.members.put(
              rows.getLong(1),
              new Member(
                  new TableName(rows.getString(2), rows.getString(3)),
                  rows.getString(4).charAt(0),
                  rows.getBoolean(5),
                  rows.getBoolean(6)));
        }
      }
      try (ResultSet rows =
          statement.executeQuery("SELECT inhrelid, inhparent FROM pg_catalog.pg_inherits")) {
        while (rows.next()) {
          families.relate(rows.getLong(1), rows.getLong(2));
        }
      }
    }
    return families;
  }

  private void relate(long child, long parent) {
    if (members.containsKey(child) && members.containsKey(parent)) {
      parents.computeIfAbsent(child, any -> new HashSet<>()).add(parent);
      relatives.computeIfAbsent(child, any -> new HashSet<>()).add(parent);
      relatives.computeIfAbsent(parent, any -> new HashSet<>()).add(child);
    }
  }

  /**
   * All members of the families of which every member that holds rows is reported.
   *
   * @param reported the tables that a source reports by name
   */
  Set<TableName> whollyWithin(Set<TableName> reported, Rule rule) {
    Set<TableName> within = new HashSet<>();
    Set<Long> seen = new HashSet<>();
    for (Long start : members.keySet()) {
      if (!seen.contains(start)) {
        Set<Long> family = family(start);
        seen.addAll(family);
        if (family.stream().allMatch(id -> isReported(id, reported, rule))) {
          family.forEach(id -> within.add(member(id).name));
        }
      }
    }
    return within;
  }

  private Set<Long> family(Long start) {
    Set<Long> family = new HashSet<>();
    Deque<Long> open = new ArrayDeque<>();
    open.push(start);
    while (!open.isEmpty()) {
      Long next = open.pop();
      if (family.add(next)) {
        open.addAll(relatives.getOrDefault(next, Set.of()));
      }
    }
    return family;
  }

  private boolean isReported(Long id, Set<TableName> reported, Rule rule) {
    Member member = member(id);
    if (member.kind == 'p' && rule != Rule.EVERY_MEMBER) {
      return true;
    }
    if (member.kind == 'f' || !member.permanent) {
      return false;
    }
    return reported.contains(member.name)
        || (rule == Rule.UNDER_AN_ANCESTOR
            && member.partition
            && hasReportedAncestor(id, reported));
  }

  private boolean hasReportedAncestor(Long id, Set<TableName> reported) {
    Deque<Long> open = new ArrayDeque<>(parents.getOrDefault(id, Set.of()));
    while (!open.isEmpty()) {
      Long next = open.pop();
      if (reported.contains(member(next).name)) {
        return true;
      }
      open.addAll(parents.getOrDefault(next, Set.of()));
    }
    return false;
  }

  private Member member(Long id) {
    Member member = members.get(id);
    if (member == null) {
      throw new IllegalStateException("a family has a member that is no table");
    }
    return member;
  }
}
