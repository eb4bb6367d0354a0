package dev.larder.jdbc.internal.catalog;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table, looked up without regard to case or quotes. Immutable and thread-safe.
 *
 * <p>Where two names differ in case only, neither is found.
 */
final class Columns {

  static final Columns NONE = new Columns(Set.of(), Set.of(), Set.of(), List.of(), List.of());

  private final Map<String, @Nullable Column> byLowerName = new HashMap<>();
  private final Set<String> keys;
  private final Set<String> unique;
  private final Set<String> following = new HashSet<>();
  private final List<String> places;
  private final Set<String> inEveryKey = new HashSet<>();
  private final Set<String> alternatives;
  private final int size;

  /**
   * @param keys the columns by which rows are best told from each other
   * @param unique the columns that alone tell one row from all others
   * @param places the columns that an INSERT means which names none, in their order
   * @param everyKey the columns of each unique key; empty where they are not known
   */
  Columns(
      Collection<Column> columns,
      Set<String> keys,
      Set<String> unique,
      List<String> places,
      Collection<Set<String>> everyKey) {
    this.keys = Set.copyOf(keys);
    this.unique = Set.copyOf(unique);
    this.places = List.copyOf(places);
    everyKey.stream().findFirst().ifPresent(inEveryKey::addAll);
    everyKey.forEach(inEveryKey::retainAll);
    this.alternatives = new TreeSet<>(unique);
    everyKey.stream().filter(key -> key.size() == 1).forEach(alternatives::addAll);
    this.size = columns.size();
    for (Column column : columns) {
      String name = CatalogueContents.lower(column.name());
      byLowerName.put(name, byLowerName.containsKey(name) ? null : column);
      if (column.follows()) {
        following.add(column.name());
      }
    }
  }

  @Nullable Column find(String name) {
    return byLowerName.get(CatalogueContents.lower(name));
  }

  /** Whether there is a column of that name, in lower case, or several. */
  boolean holds(String lowerName) {
    return byLowerName.containsKey(lowerName);
  }

  /** The column at a place, from 0, among those that an INSERT means which names none. */
  @Nullable Column at(int place) {
    return place < places.size() ? find(places.get(place)) : null;
  }

  /** How many columns an INSERT means that names none; 0 where they are not known. */
  int places() {
    return places.size();
  }

  /** Whether two rows that share the values of any unique key share the column's. */
  boolean isInEveryKey(String name) {
    return inEveryKey.contains(name);
  }

  /** Whether these are the same columns, in whatever order, and compare alike. */
  boolean areThoseOf(Columns other) {
    return size > 0 && size == other.size && byLowerName.equals(other.byLowerName);
  }

  /**
   * What a column's type is where times are concerned: of names that differ in case only, anything.
   *
   * @param lowerName in lower case; null is answered where there is no such column
   */
  @Nullable TypeFamily family(String lowerName) {
    Column column = byLowerName.get(lowerName);
    return column != null
        ? column.family()
        : byLowerName.containsKey(lowerName) ? TypeFamily.OTHER : null;
  }

  /** Whether there is a column of such a type, or one of which nobody knows. */
  boolean has(TypeFamily family) {
    return byLowerName.values().stream()
        .anyMatch(column -> column == null || column.family() == family);
  }

  /** The columns that alone tell one row from all others. */
  Set<String> keys() {
    return keys;
  }

  /** The columns with a unique key of their own, always in the same order. */
  Set<String> alternatives() {
    return alternatives;
  }

  /** Whether no two rows can have the same value in the column, other than NULL. */
  boolean isUnique(String name) {
    return unique.contains(name);
  }

  boolean isKey(String name) {
    return keys.contains(name);
  }

  /** The columns that an UPDATE may change without assigning to them. */
  Set<String> following() {
    return following;
  }

  /**
   * The columns among some names in lower case; null where those are all of them, or a name is that
   * of two.
   */
  @Nullable Set<String> among(Set<String> lowerNames) {
    Set<String> found = new HashSet<>();
    for (String name : lowerNames) {
      Column column = byLowerName.get(name);
      if (column != null) {
        found.add(column.name());
      } else if (byLowerName.containsKey(name)) {
        return null;
      }
    }
    return found.size() == size ? null : found;
  }
}
