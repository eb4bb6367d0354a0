package dev.larder.jdbc.internal.observe;

import dev.larder.invalidation.Change;
import dev.larder.invalidation.ChangeListener;
import dev.larder.invalidation.Origin;
import dev.larder.invalidation.Scope;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Who has changed which table how often, as far as the ledger was told: commits of this JVM,
 * sources, hooks. Bounded by the number of tables. Thread-safe.
 */
public final class TableChanges implements ChangeListener {

  /** What changed everything. */
  public static final String EVERYTHING = "(everything)";

  private static final int MOST_TABLES = 20_000;
  private static final String OTHERS = "(others)";
  private static final int ORIGINS = Origin.values().length;

  /** The changes of one table. */
  public static final class Counts {
    private final LongAdder[] byOrigin = new LongAdder[ORIGINS];
    private volatile long lastAtNanos;

    private Counts() {
      for (int i = 0; i < ORIGINS; i++) {
        byOrigin[i] = new LongAdder();
      }
    }

    public long by(Origin origin) {
      return byOrigin[origin.ordinal()].sum();
    }

    /** How long ago the last one was, in nanoseconds. */
    public long ageNanos() {
      return System.nanoTime() - lastAtNanos;
    }
  }

  private final ConcurrentMap<Scope, Counts> counts = new ConcurrentHashMap<>();
  private final Counts others = new Counts();
  private final LongAdder[] byOrigin = new LongAdder[ORIGINS];

  public TableChanges() {
    for (int i = 0; i < ORIGINS; i++) {
      byOrigin[i] = new LongAdder();
    }
  }

  @Override
  public void onChange(Change change) {
    int origin = change.origin().ordinal();
    byOrigin[origin].increment();
    for (Scope scope : change.changes().scopes()) {
      if (scope instanceof Scope.Table || scope instanceof Scope.Everything) {
        Counts of = of(scope);
        of.byOrigin[origin].increment();
        of.lastAtNanos = System.nanoTime();
      }
    }
  }

  private Counts of(Scope scope) {
    Counts known = counts.get(scope);
    if (known != null) {
      return known;
    }
    return counts.size() < MOST_TABLES ? counts.computeIfAbsent(scope, s -> new Counts()) : others;
  }

  /** How many changes came from there. */
  public long by(Origin origin) {
    return byOrigin[origin.ordinal()].sum();
  }

  /** The changes by table. */
  public Map<String, Counts> byTable() {
    Map<String, Counts> named = new HashMap<>();
    counts.forEach(
        (scope, of) ->
            named.put(
                scope instanceof Scope.Table table ? table.table().toString() : EVERYTHING, of));
    if (others.lastAtNanos != 0) {
      named.put(OTHERS, others);
    }
    return named;
  }
}
