package dev.larder.invalidation;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what one transaction writes, statement by statement: adding one costs no more after a
 * thousand of them. Not thread-safe.
 */
public final class ChangeSetBuilder {

  /** What is remembered of a column, at most; a column with more values may have any. */
  private static final int MOST_VALUES = 1_000;

  /** All that was added, where that was put together already. */
  private @Nullable ChangeSet built = ChangeSet.NOTHING;

  /** The same by its parts; null before a second set was added. */
  private @Nullable Sum sum;

  /** The rows of a table that were written, by whatever is known of all of them. */
  private static final class Rows {
    private final Map<String, Set<Integer>> values = new HashMap<>();
    private @Nullable Set<String> assigned;
    private @Nullable String key;
    private boolean shortened;

    Rows(RowChange first) {
      first.values().forEach((column, hashes) -> values.put(column, new HashSet<>(hashes)));
      assigned = first.assigned() == null ? null : new HashSet<>(first.assigned());
      key = first.key();
      shortened = first.shortened();
    }

    boolean add(RowChange more) {
      boolean adds = !values.isEmpty() && addValues(more);
      Set<String> columns = assigned;
      if (columns != null) {
        Set<String> others = more.assigned();
        if (others == null) {
          assigned = null;
          adds = true;
        } else {
          adds |= columns.addAll(others);
        }
      }
      if (key != null && !key.equals(more.key())) {
        key = null;
        adds = true;
      }
      if (more.shortened() && !shortened) {
        shortened = true;
        adds = true;
      }
      return adds;
    }

    private boolean addValues(RowChange more) {
      boolean adds = false;
      Iterator<Map.Entry<String, Set<Integer>>> columns = values.entrySet().iterator();
      while (columns.hasNext()) {
        Map.Entry<String, Set<Integer>> column = columns.next();
        Set<Integer> others = more.values().get(column.getKey());
        if (others != null) {
          adds |= column.getValue().addAll(others);
        }
        if (others == null || column.getValue().size() > MOST_VALUES) {
          columns.remove();
          adds = true;
        }
      }
      return adds;
    }

    RowChange build() {
      return new RowChange(values, assigned, key, shortened);
    }
  }

  /** Several sets, each of which counted once. */
  private static final class Sum {
    private final Set<Scope> scopes = new LinkedHashSet<>();
    private final Map<TableName, Rows> rows = new HashMap<>();
    private final Map<TableName, String> exemptCaches = new HashMap<>();

    boolean add(ChangeSet more) {
      boolean adds = false;
      for (Scope scope : more.scopes()) {
        boolean isNew = scopes.add(scope);
        adds |= isNew;
        if (scope instanceof Scope.Table table) {
          adds |= isNew ? begin(table.table(), more) : go(table.table(), more);
        }
      }
      return adds;
    }

    private boolean begin(TableName table, ChangeSet by) {
      RowChange written = by.rows().get(table);
      if (written != null) {
        rows.put(table, new Rows(written));
      }
      String cache = by.exemptCaches().get(table);
      if (cache != null) {
        exemptCaches.put(table, cache);
      }
      return true;
    }

    private boolean go(TableName table, ChangeSet by) {
      RowChange more = by.rows().get(table);
      Rows written = rows.get(table);
      boolean adds;
      if (written == null) {
        // Any of its rows may have been written before.
        adds = more != null;
        if (adds) {
          rows.put(table, new Rows(RowChange.ANY));
        }
      } else {
        adds = written.add(more == null ? RowChange.ANY : more);
      }
      // Where anybody else wrote to the table too, nobody accounts for all of its rows.
      String cache = exemptCaches.get(table);
      if (cache != null && !cache.equals(by.exemptCaches().get(table))) {
        exemptCaches.remove(table);
        adds = true;
      }
      return adds;
    }

    ChangeSet build() {
      Map<TableName, RowChange> written = new HashMap<>();
      rows.forEach((table, each) -> written.put(table, each.build()));
      return new ChangeSet(scopes, written, exemptCaches);
    }
  }

  /**
   * Adds what else is written.
   *
   * @return whether that was more than what was written before
   */
  public boolean add(ChangeSet more) {
    ChangeSet before = built;
    if (more == before || more.isEmpty()) {
      return false;
    }
    Sum all = sum;
    if (all == null) {
      ChangeSet first = build();
      if (first.isEmpty()) {
        built = more;
        return true;
      }
      all = new Sum();
      all.add(first);
      sum = all;
    }
    boolean adds = all.add(more);
    if (adds) {
      built = null;
    }
    return adds;
  }

  /** What was added may have changed so far; a view of it that nobody may change. */
  public Set<Scope> scopes() {
    ChangeSet known = built;
    if (known != null) {
      return known.scopes();
    }
    return sum == null ? Set.of() : Collections.unmodifiableSet(sum.scopes);
  }

  /** All that was added; the set itself where that was one. */
  public ChangeSet build() {
    ChangeSet known = built;
    if (known == null) {
      known = sum == null ? ChangeSet.NOTHING : sum.build();
      built = known;
    }
    return known;
  }
}
