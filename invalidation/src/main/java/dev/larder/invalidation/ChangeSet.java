package dev.larder.invalidation;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a transaction has written so far, or what a source says has changed. Immutable and
 * thread-safe.
 *
 * @param scopes what may have changed; empty where nothing was written
 */
public record ChangeSet(Set<Scope> scopes) {

  /** Nothing was written. */
  public static final ChangeSet NOTHING = new ChangeSet(Set.of());

  /** Any table may have been written. */
  public static final ChangeSet EVERYTHING = new ChangeSet(Set.of(Scope.EVERYTHING));

  /** Definitions may have changed, and with them the answer to any query. */
  public static final ChangeSet DEFINITIONS =
      new ChangeSet(Set.of(Scope.EVERYTHING, Scope.DEFINITIONS));

  public ChangeSet {
    scopes = Set.copyOf(scopes);
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
    if (scopes.containsAll(other.scopes)) {
      return this;
    }
    Set<Scope> all = new LinkedHashSet<>(scopes);
    all.addAll(other.scopes);
    return new ChangeSet(all);
  }

  public boolean isEmpty() {
    return scopes.isEmpty();
  }

  /** Whether a change like this could alter an answer with that footprint. */
  public boolean meets(Footprint footprint) {
    return !Collections.disjoint(scopes, footprint.scopes());
  }
}
