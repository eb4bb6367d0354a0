package dev.larder.hibernate.internal.link;

import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ledger.Footprint;
import dev.larder.invalidation.ledger.Ledger;
import dev.larder.invalidation.ledger.RowKey;
import dev.larder.invalidation.ledger.Stamp;
import dev.larder.invalidation.ledger.TrackedRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One way from what Hibernate spells to cells of the ledger. Used once, by one thread. */
final class Resolution {

  private final Reads reads;
  private final Set<TableName> all = new LinkedHashSet<>();
  private final Map<TableName, String> keepers = new HashMap<>();
  private final Map<TableName, RowKey> keys = new HashMap<>();

  /** Tables that are read in more than one way, so that nobody accounts for all that counts. */
  private final Set<TableName> unkept = new HashSet<>();

  private final Set<TableName> unkeyed = new HashSet<>();

  private Resolution(Reads reads) {
    this.reads = reads;
  }

  /**
   * Finds the cells, or null where it cannot be proven which they are.
   *
   * @param definitions a stamp taken before the catalogue is asked; null without one
   */
  static @Nullable Tracked of(
      Sought what, Reads reads, Ledger ledger, @Nullable Stamp definitions) {
    Resolution resolution = new Resolution(reads);
    for (String table : what.tables()) {
      if (!resolution.addTable(table, what.keepers().get(table), what.keys().get(table))) {
        return null;
      }
    }
    for (String query : what.queries()) {
      if (!resolution.addQuery(query)) {
        return null;
      }
    }
    return resolution.track(ledger, definitions);
  }

  private boolean addTable(String table, @Nullable String keeper, Sought.@Nullable Key key) {
    Optional<Set<TableName>> found = reads.table(table);
    if (found.isEmpty()) {
      return false;
    }
    all.addAll(found.get());
    boolean one = found.get().size() == 1;
    TableName only = one ? found.get().iterator().next() : null;
    if (only == null || keeper == null || isAnother(keepers.putIfAbsent(only, keeper), keeper)) {
      unkept.addAll(found.get());
    }
    RowKey rows = only == null || key == null ? null : reads.rows(table, key).orElse(null);
    if (rows == null || !rows.table().equals(only) || keys.putIfAbsent(only, rows) != null) {
      unkeyed.addAll(found.get());
    }
    return true;
  }

  private static boolean isAnother(@Nullable String before, String keeper) {
    return before != null && !before.equals(keeper);
  }

  private boolean addQuery(String query) {
    Optional<Set<TableName>> found = reads.query(query);
    if (found.isEmpty()) {
      return false;
    }
    all.addAll(found.get());
    if (!isOfItsOwnRow(query, found.get())) {
      unkept.addAll(found.get());
      unkeyed.addAll(found.get());
    }
    return true;
  }

  /** A formula without a query of its own reads nothing but the row it is in. */
  private boolean isOfItsOwnRow(String query, Set<TableName> tables) {
    boolean nested = query.toLowerCase(Locale.ROOT).indexOf("select", 1) > 0;
    return !nested && tables.size() == 1;
  }

  private Tracked track(Ledger ledger, @Nullable Stamp definitions) {
    keepers.keySet().removeAll(unkept);
    keys.keySet().removeAll(unkeyed);
    List<Tracked.Look> looks = new ArrayList<>();
    keys.forEach(
        (table, key) -> {
          String keeper = keepers.get(table);
          TrackedRows rows =
              keeper == null
                  ? ledger.trackRows(table, key.column(), key.reads())
                  : ledger.trackRowsFor(keeper, table, key.column(), key.reads());
          if (rows != null) {
            looks.add(new Tracked.Look(key, rows));
          }
        });
    return new Tracked(
        ledger.track(Footprint.of(all, Set.of()), keepers), keepers, looks, definitions);
  }
}
