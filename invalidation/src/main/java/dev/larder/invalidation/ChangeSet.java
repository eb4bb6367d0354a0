package dev.larder.invalidation;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

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
    ChangeSetBuilder both = new ChangeSetBuilder();
    both.add(this);
    return both.add(other) ? both.build() : this;
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

  /** Whether it names nothing that has changed. */
  public boolean isEmpty() {
    return scopes.isEmpty();
  }
}
