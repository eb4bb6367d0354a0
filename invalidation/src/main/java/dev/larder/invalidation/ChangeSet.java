package dev.larder.invalidation;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction has written so far, or what a source says has changed. Immutable and
 * thread-safe.
 *
 * @param scopes what may have changed; empty where nothing was written
 * @param rows for a table of which more is known, which of its rows were written; the table is
 *     among the scopes all the same
 * @param exemptCaches for a table of which every row written here is accounted for by another cache
 *     itself, the name under which that cache is known; the table is among the scopes all the same,
 *     so whoever does not look at this forgets more and never less
 */
public record ChangeSet(
    Set<Scope> scopes, Map<TableName, RowChange> rows, Map<TableName, String> exemptCaches) {

  /** Nothing was written. */
  public static final ChangeSet NOTHING = new ChangeSet(Set.of());

  /** Any table may have been written. */
  public static final ChangeSet EVERYTHING = new ChangeSet(Set.of(Scope.EVERYTHING));

  /** Definitions may have changed, and with them the answer to any query. */
  public static final ChangeSet DEFINITIONS =
      new ChangeSet(Set.of(Scope.EVERYTHING, Scope.DEFINITIONS));

  public ChangeSet {
    scopes = Set.copyOf(scopes);
    rows = Map.copyOf(rows);
    exemptCaches = Map.copyOf(exemptCaches);
  }

  /** A change of which nothing more is known. */
  public ChangeSet(Set<Scope> scopes) {
    this(scopes, Map.of(), Map.of());
  }

  /** These rows of one table were written, and no others. */
  public static ChangeSet ofRows(TableName table, RowChange rows) {
    return new ChangeSet(Set.of(new Scope.Table(table)), Map.of(table, rows), Map.of());
  }

  /** These tables were written, and no others. */
  public static ChangeSet ofTables(Collection<TableName> tables) {
    if (tables.isEmpty()) {
      return NOTHING;
    }
    Set<Scope> scopes = new LinkedHashSet<>();
    tables.forEach(table -> scopes.add(new Scope.Table(table)));
    return new ChangeSet(scopes);
  }

  /** The application asks to forget what carries this tag. */
  public static ChangeSet ofTag(String tag) {
    return new ChangeSet(Set.of(new Scope.Tag(tag)));
  }

  /** What either of the two names; this object itself where the other adds nothing. */
  public ChangeSet plus(ChangeSet other) {
    if (other == this || other.isEmpty()) {
      return this;
    } else if (isEmpty()) {
      return other;
    }
    Map<TableName, String> exempt = exemptInBoth(other);
    Map<TableName, RowChange> written = rowsOfBoth(other);
    if (scopes.containsAll(other.scopes) && exempt.equals(exemptCaches) && written.equals(rows)) {
      return this;
    }
    Set<Scope> all = new LinkedHashSet<>(scopes);
    all.addAll(other.scopes);
    return new ChangeSet(all, written, exempt);
  }

  private Map<TableName, RowChange> rowsOfBoth(ChangeSet other) {
    if (rows.isEmpty() && other.rows.isEmpty()) {
      return rows;
    }
    Map<TableName, RowChange> both = new HashMap<>();
    rows.forEach((table, change) -> both.put(table, change.plus(other.rowsOf(table, change))));
    other.rows.forEach(
        (table, change) -> both.computeIfAbsent(table, any -> change.plus(rowsOf(table, change))));
    return both;
  }

  /** What is known of the rows of a table, {@code otherwise} where it was not written. */
  private RowChange rowsOf(TableName table, RowChange otherwise) {
    RowChange known = rows.get(table);
    if (known != null) {
      return known;
    }
    return scopes.contains(new Scope.Table(table)) ? RowChange.ANY : otherwise;
  }

  /** The same changes, of which those to {@code table} are to these rows only. */
  public ChangeSet within(TableName table, RowChange change) {
    if (rows.isEmpty()) {
      return new ChangeSet(scopes, Map.of(table, change), exemptCaches);
    }
    Map<TableName, RowChange> more = new HashMap<>(rows);
    more.put(table, change);
    return new ChangeSet(scopes, more, exemptCaches);
  }

  /** The changes of this set, of which {@code cache} accounts for the rows of {@code table}. */
  public ChangeSet exempting(String cache, TableName table) {
    Map<TableName, String> exempt = new HashMap<>(exemptCaches);
    exempt.put(table, cache);
    return new ChangeSet(scopes, rows, exempt);
  }

  private Map<TableName, String> exemptInBoth(ChangeSet other) {
    if (exemptCaches.isEmpty() && other.exemptCaches.isEmpty()) {
      return exemptCaches;
    }
    Map<TableName, String> exempt = new HashMap<>();
    exemptCaches.forEach((table, cache) -> addExempt(exempt, table, cache, other));
    other.exemptCaches.forEach((table, cache) -> addExempt(exempt, table, cache, this));
    return exempt;
  }

  /** Where anybody else wrote to the table too, nobody accounts for all of its rows. */
  private static void addExempt(
      Map<TableName, String> exempt, TableName table, String cache, ChangeSet other) {
    @Nullable String others = other.exemptCaches.get(table);
    if (others == null ? !other.scopes.contains(new Scope.Table(table)) : others.equals(cache)) {
      exempt.put(table, cache);
    }
  }

  public boolean isEmpty() {
    return scopes.isEmpty();
  }
}
