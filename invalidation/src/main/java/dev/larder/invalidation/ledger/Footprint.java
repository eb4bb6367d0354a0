package dev.larder.invalidation.ledger;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Scope;
import dev.larder.invalidation.TableName;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What an answer depends on. Immutable and thread-safe.
 *
 * @param scopes what it depends on; for the answer of a query this holds {@link Scope#EVERYTHING}
 */
public record Footprint(Set<Scope> scopes) {

  public Footprint {
    scopes = Set.copyOf(scopes);
  }

  /** An answer that follows from these tables and can be forgotten under these tags. */
  public static Footprint of(Collection<TableName> tables, Collection<String> tags) {
    Set<Scope> scopes = new LinkedHashSet<>();
    scopes.add(Scope.EVERYTHING);
    tables.forEach(table -> scopes.add(new Scope.Table(table)));
    tags.forEach(tag -> scopes.add(new Scope.Tag(tag)));
    return new Footprint(scopes);
  }

  /** Something that follows from the database's definitions alone, as a catalogue does. */
  public static Footprint ofDefinitions() {
    return new Footprint(Set.of(Scope.DEFINITIONS));
  }

  /** Whether such a change could alter an answer with this footprint. */
  public boolean isMetBy(ChangeSet changes) {
    return isMetBy(changes.scopes());
  }

  /** Whether any change within these scopes could alter an answer with this footprint. */
  public boolean isMetBy(Set<Scope> changed) {
    return !Collections.disjoint(scopes, changed);
  }
}
