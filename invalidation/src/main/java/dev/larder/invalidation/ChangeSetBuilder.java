package dev.larder.invalidation;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what one transaction writes, statement by statement: adding one costs no more after a
 * thousand of them. Not thread-safe.
 */
public final class ChangeSetBuilder {

  /** What is remembered of a column, at most; a column with more values may have any. */
  public static final int MOST_VALUES = 1_000;

  /** Most transactions write to few tables. */
  private static final int TABLES = 2;

  /** All that was added, where that was put together already. */
  private @Nullable ChangeSet built = ChangeSet.NOTHING;

  /** The same by its parts; null before a second set was added. */
  private @Nullable Sum sum;

  /** The rows of a table that were written, by whatever is known of all of them. */
  private static final class Rows {

    /** The columns of which values may be known, and what they are; null where any may be. */
    private final String[] columns;

    private final ValueHashes.@Nullable Builder[] values;

    private @Nullable Set<String> assigned;

    /** Whether the columns that are assigned are a set of this one's own. */
    private boolean mayAssignMore;

    private @Nullable String key;
    private boolean shortened;
    private boolean onlyAdds;

    Rows(RowChange first) {
      ValuesByColumn known = first.byColumn();
      columns = known.columns();
      values = new ValueHashes.Builder[columns.length];
      for (int i = 0; i < columns.length; i++) {
        ValueHashes hashes = known.hashes(i);
        if (hashes != null) {
          ValueHashes.Builder all = new ValueHashes.Builder();
          all.addAll(hashes);
          values[i] = all;
        }
      }
      assigned = first.assigned();
      key = first.key();
      shortened = first.shortened();
      onlyAdds = first.onlyAdds();
    }

    boolean add(RowChange more) {
      boolean adds = addValues(more);
      adds |= assigned != null && addAssigned(assigned, more.assigned());
      if (key != null && !key.equals(more.key())) {
        key = null;
        adds = true;
      }
      if (more.shortened() && !shortened) {
        shortened = true;
        adds = true;
      }
      if (onlyAdds && !more.onlyAdds()) {
        onlyAdds = false;
        adds = true;
      }
      return adds;
    }

    private boolean addValues(RowChange more) {
      boolean adds = false;
      ValuesByColumn its = more.byColumn();
      for (int i = 0; i < columns.length; i++) {
        ValueHashes.Builder known = values[i];
        if (known == null) {
          continue;
        }
        // Executions of one statement have the same columns.
        ValueHashes others = its.columns() == columns ? its.hashes(i) : its.get(columns[i]);
        if (others != null) {
          adds |= known.addAll(others);
        }
        if (others == null || known.size() > MOST_VALUES) {
          values[i] = null;
          adds = true;
        }
      }
      return adds;
    }

    private boolean addAssigned(Set<String> before, @Nullable Set<String> others) {
      if (others == null) {
        assigned = null;
        return true;
      }
      if (others == before || before.containsAll(others)) {
        return false;
      }
      Set<String> all = mayAssignMore ? before : new HashSet<>(before);
      assigned = all;
      mayAssignMore = true;
      return all.addAll(others);
    }

    RowChange build() {
      @Nullable ValueHashes[] hashes = new ValueHashes[columns.length];
      for (int i = 0; i < columns.length; i++) {
        ValueHashes.Builder known = values[i];
        hashes[i] = known == null ? null : known.build();
      }
      return new RowChange(new ValuesByColumn(columns, hashes), assigned, key, shortened, onlyAdds);
    }
  }

  /** Several sets, each of which counted once. */
  private static final class Sum {

    /** Those of the first set, until another has more. */
    private Set<Scope> scopes;

    private final Map<TableName, Rows> rows = new HashMap<>(TABLES);

    /** Those of the first set, until there is less or more. */
    private Map<TableName, String> exemptCaches;

    Sum(ChangeSet first) {
      scopes = first.scopes();
      exemptCaches = first.exemptCaches();
      for (Scope scope : scopes) {
        if (scope instanceof Scope.Table table) {
          begin(table.table(), first);
        }
      }
    }

    boolean add(ChangeSet more) {
      boolean adds = false;
      for (Scope scope : more.scopes()) {
        boolean isNew = !scopes.contains(scope);
        adds |= isNew;
        if (isNew) {
          addScope(scope);
        }
        if (scope instanceof Scope.Table table) {
          adds |= isNew ? begin(table.table(), more) : go(table.table(), more);
        }
      }
      return adds;
    }

    private void addScope(Scope scope) {
      if (!(scopes instanceof LinkedHashSet)) {
        scopes = new LinkedHashSet<>(scopes);
      }
      scopes.add(scope);
    }

    private boolean begin(TableName table, ChangeSet by) {
      RowChange written = by.rows().get(table);
      if (written != null) {
        rows.put(table, new Rows(written));
      }
      String cache = by.exemptCaches().get(table);
      if (!Objects.equals(cache, exemptCaches.get(table))) {
        Map<TableName, String> own = ownExemptCaches();
        own.remove(table);
        if (cache != null) {
          own.put(table, cache);
        }
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
        ownExemptCaches().remove(table);
        adds = true;
      }
      return adds;
    }

    private Map<TableName, String> ownExemptCaches() {
      if (!(exemptCaches instanceof HashMap)) {
        exemptCaches = new HashMap<>(exemptCaches);
      }
      return exemptCaches;
    }

    ChangeSet build() {
      Map<TableName, RowChange> written = new HashMap<>(TABLES);
      rows.forEach((table, each) -> written.put(table, each.build()));
      // Of an array, which unlike a set need not be looked through for what is in it twice.
      Set<Scope> all =
          scopes instanceof LinkedHashSet ? Set.of(scopes.toArray(Scope[]::new)) : scopes;
      return new ChangeSet(all, written, exemptCaches);
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
      all = new Sum(first);
      sum = all;
    }
    boolean adds = all.add(more);
    if (adds) {
      built = null;
    }
    return adds;
  }

  /** What was added may have changed so far; not to be kept, and nobody may change it. */
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
