package dev.larder.hibernate.internal.link;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Scope;
import dev.larder.invalidation.Stamp;
import dev.larder.invalidation.TableName;
import dev.larder.invalidation.TrackedFootprint;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What something depends on, found in the ledger. Immutable and thread-safe.
 *
 * @param footprint its cells
 * @param keepers for each table whose rows are accounted for by key, in whose name
 * @param definitions a stamp of the catalogue it was found by; null without one
 */
public record Tracked(
    TrackedFootprint footprint, Map<TableName, String> keepers, @Nullable Stamp definitions) {

  boolean holds() {
    return definitions == null || definitions.isCurrent();
  }

  /** Whether a session whose view differs by {@code changes} may see this as others do. */
  public boolean isUntouchedBy(ChangeSet changes) {
    for (Scope scope : changes.scopes()) {
      if (footprint.footprint().scopes().contains(scope) && !isKept(scope, changes)) {
        return false;
      }
    }
    return true;
  }

  private boolean isKept(Scope scope, ChangeSet changes) {
    if (!(scope instanceof Scope.Table table)) {
      return false;
    }
    String keeper = keepers.get(table.table());
    return keeper != null && keeper.equals(changes.keepers().get(table.table()));
  }
}
