package dev.larder.hibernate.internal.link;

import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ledger.AccessPath;
import dev.larder.invalidation.ledger.Footprint;
import dev.larder.invalidation.ledger.Ledger;
import dev.larder.invalidation.ledger.RowKey;
import dev.larder.invalidation.ledger.Stamp;
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

  private final TableResolver resolver;
  private final Set<TableName> all = new LinkedHashSet<>();
  private final Map<TableName, String> caches = new HashMap<>();
  private final Map<TableName, RowKey> keys = new HashMap<>();

  /** Tables that are read in more than one way, so that nobody accounts for all that counts. */
  private final Set<TableName> notExempt = new HashSet<>();

  private final Set<TableName> notKeyed = new HashSet<>();

  private Resolution(TableResolver resolver) {
    this.resolver = resolver;
  }

  /**
   * Finds the cells, or null where it cannot be proven which they are.
   *
   * @param definitions a stamp taken before the catalogue is asked; null without one
   */
  static @Nullable ResolvedDependencies of(
      TableDependencies what, TableResolver resolver, Ledger ledger, @Nullable Stamp definitions) {
    Resolution resolution = new Resolution(resolver);
    for (String table : what.tables()) {
      if (!resolution.addTable(table, what.caches().get(table), what.keys().get(table))) {
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

  private boolean addTable(
      String table, @Nullable String cache, TableDependencies.@Nullable Key key) {
    Optional<Set<TableName>> found = resolver.table(table);
    if (found.isEmpty()) {
      return false;
    }
    all.addAll(found.get());
    boolean one = found.get().size() == 1;
    TableName only = one ? found.get().iterator().next() : null;
    if (only == null || cache == null || isAnother(caches.putIfAbsent(only, cache), cache)) {
      notExempt.addAll(found.get());
    }
    RowKey rows = only == null || key == null ? null : resolver.rows(table, key).orElse(null);
    if (rows == null || !rows.table().equals(only) || keys.putIfAbsent(only, rows) != null) {
      notKeyed.addAll(found.get());
    }
    return true;
  }

  private static boolean isAnother(@Nullable String before, String cache) {
    return before != null && !before.equals(cache);
  }

  private boolean addQuery(String query) {
    Optional<Set<TableName>> found = resolver.query(query);
    if (found.isEmpty()) {
      return false;
    }
    all.addAll(found.get());
    if (!isOfItsOwnRow(query, found.get())) {
      notExempt.addAll(found.get());
      notKeyed.addAll(found.get());
    }
    return true;
  }

  /** A formula without a query of its own reads nothing but the row it is in. */
  private boolean isOfItsOwnRow(String query, Set<TableName> tables) {
    boolean nested = query.toLowerCase(Locale.ROOT).indexOf("select", 1) > 0;
    return !nested && tables.size() == 1;
  }

  private ResolvedDependencies track(Ledger ledger, @Nullable Stamp definitions) {
    caches.keySet().removeAll(notExempt);
    keys.keySet().removeAll(notKeyed);
    List<ResolvedDependencies.KeyedTable> keyed = new ArrayList<>();
    keys.forEach(
        (table, key) -> {
          String cache = caches.get(table);
          AccessPath rows =
              cache == null
                  ? ledger.trackRows(table, key.column(), key.reads())
                  : ledger.trackRowsFor(cache, table, key.column(), key.reads());
          if (rows != null) {
            keyed.add(new ResolvedDependencies.KeyedTable(key, rows));
          }
        });
    return new ResolvedDependencies(
        ledger.track(Footprint.of(all, Set.of()), caches), caches, keyed, definitions);
  }
}
