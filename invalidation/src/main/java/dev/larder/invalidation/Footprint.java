package dev.larder.invalidation;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What an answer depends on. Immutable and thread-safe.
 *
 * @param scopes what the answer depends on; always holds {@link Scope#EVERYTHING}
 */
public record Footprint(Set<Scope> scopes) {

  public Footprint {
    Set<Scope> all = new LinkedHashSet<>(scopes);
    all.add(Scope.EVERYTHING);
    scopes = Set.copyOf(all);
  }

  /** An answer that follows from these tables and can be forgotten under these tags. */
  public static Footprint of(Collection<TableName> tables, Collection<String> tags) {
    Set<Scope> scopes = new LinkedHashSet<>();
    tables.forEach(table -> scopes.add(new Scope.Table(table)));
    tags.forEach(tag -> scopes.add(new Scope.Tag(tag)));
    return new Footprint(scopes);
  }

  /** Something that follows from the database's definitions alone, as a catalogue does. */
  public static Footprint ofDefinitions() {
    return new Footprint(Set.of(Scope.DEFINITIONS));
  }
}
