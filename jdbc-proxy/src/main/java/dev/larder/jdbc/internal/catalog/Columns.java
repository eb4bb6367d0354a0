package dev.larder.jdbc.internal.catalog;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table, looked up without regard to case or quotes. Immutable and thread-safe.
 *
 * <p>Where two names differ in case only, neither is found.
 */
final class Columns {

  static final Columns NONE = new Columns(Set.of(), Set.of());

  private final Map<String, @Nullable Column> byLowerName = new HashMap<>();
  private final Set<String> keys;
  private final Set<String> following = new HashSet<>();
  private final int size;

  /**
   * @param keys the columns that alone tell one row from all others
   */
  Columns(Collection<Column> columns, Set<String> keys) {
    this.keys = Set.copyOf(keys);
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

  /** The columns that alone tell one row from all others. */
  Set<String> keys() {
    return keys;
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
