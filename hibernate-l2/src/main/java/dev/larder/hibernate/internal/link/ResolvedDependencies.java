package dev.larder.hibernate.internal.link;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Scope;
import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ledger.AccessPath;
import dev.larder.invalidation.ledger.RowKey;
import dev.larder.invalidation.ledger.Stamp;
import dev.larder.invalidation.ledger.TrackedFootprint;
import dev.larder.invalidation.ledger.TrackedFootprint.Narrowing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cells of the ledger that something depends on. Immutable and thread-safe.
 *
 * @param footprint all of them
 * @param caches for each table whose rows are accounted for by key, the cache's name
 * @param keyed the tables of which one entry depends only on the rows of its key
 * @param definitions a stamp of the catalogue it was found by; null without one
 */
public record ResolvedDependencies(
    TrackedFootprint footprint,
    Map<TableName, String> caches,
    List<KeyedTable> keyed,
    @Nullable Stamp definitions) {

  /** A table of which an entry depends only on the rows of its key. */
  record KeyedTable(RowKey key, AccessPath rows) {}

  public ResolvedDependencies {
    caches = Map.copyOf(caches);
    keyed = List.copyOf(keyed);
  }

  boolean holds() {
    return definitions == null || definitions.isCurrent();
  }

  /**
   * The cells of one entry: of its rows where they are known.
   *
   * @param id by which its rows are found; null where they are not
   */
  public TrackedFootprint footprint(@Nullable Object id) {
    if (id == null || keyed.isEmpty()) {
      return footprint;
    }
    List<Narrowing> narrowings = new ArrayList<>(keyed.size());
    for (KeyedTable table : keyed) {
      Integer hash = table.key().hashes().apply(id);
      if (hash != null) {
        narrowings.add(new Narrowing(table.key().table(), table.rows(), new int[] {hash}));
      }
    }
    return narrowings.isEmpty() ? footprint : footprint.narrowed(narrowings);
  }

  /** Whether a session whose view differs by {@code changes} may see this as others do. */
  public boolean isUntouchedBy(ChangeSet changes) {
    for (Scope scope : changes.scopes()) {
      if (footprint.footprint().scopes().contains(scope) && !isExempt(scope, changes)) {
        return false;
      }
    }
    return true;
  }

  private boolean isExempt(Scope scope, ChangeSet changes) {
    if (!(scope instanceof Scope.Table table)) {
      return false;
    }
    String cache = caches.get(table.table());
    return cache != null && cache.equals(changes.exemptCaches().get(table.table()));
  }
}
