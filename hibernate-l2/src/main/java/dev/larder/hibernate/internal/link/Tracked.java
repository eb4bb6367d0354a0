package dev.larder.hibernate.internal.link;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Scope;
import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ledger.RowKey;
import dev.larder.invalidation.ledger.Stamp;
import dev.larder.invalidation.ledger.TrackedFootprint;
import dev.larder.invalidation.ledger.TrackedFootprint.Narrowing;
import dev.larder.invalidation.ledger.TrackedRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What something depends on, found in the ledger. Immutable and thread-safe.
 *
 * @param footprint its cells
 * @param keepers for each table whose rows are accounted for by key, in whose name
 * @param looks the tables of which one entry depends only on the rows of its key
 * @param definitions a stamp of the catalogue it was found by; null without one
 */
public record Tracked(
    TrackedFootprint footprint,
    Map<TableName, String> keepers,
    List<Look> looks,
    @Nullable Stamp definitions) {

  /** A table that is looked at by rows. */
  record Look(RowKey key, TrackedRows rows) {}

  public Tracked {
    keepers = Map.copyOf(keepers);
    looks = List.copyOf(looks);
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
    if (id == null || looks.isEmpty()) {
      return footprint;
    }
    List<Narrowing> narrowings = new ArrayList<>(looks.size());
    for (Look look : looks) {
      Integer hash = look.key().hashes().apply(id);
      if (hash != null) {
        narrowings.add(new Narrowing(look.key().table(), look.rows(), new int[] {hash}));
      }
    }
    return narrowings.isEmpty() ? footprint : footprint.narrowed(narrowings);
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
