package dev.larder.hibernate.internal.link;

import dev.larder.invalidation.Footprint;
import dev.larder.invalidation.Ledger;
import dev.larder.invalidation.Scope;
import dev.larder.invalidation.SharedLedger;
import dev.larder.invalidation.Stamp;
import dev.larder.invalidation.TableName;
import dev.larder.invalidation.TrackedFootprint;
import dev.larder.invalidation.WatchedSession;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one entity hierarchy, collection or query space depends on. Thread-safe; found once, and
 * again after the database's definitions have changed.
 */
public final class Dependency {

  private static final Logger log = LoggerFactory.getLogger(Dependency.class);
  private static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final DatabaseLink link;
  private final String name;
  private final Supplier<Sought> sought;
  private volatile @Nullable Tracked tracked;
  private volatile @Nullable Long refusedAtNanos;
  private volatile boolean told;

  /**
   * @param name what it is of, for the log
   * @param sought what Hibernate's metamodel says; asked when the session factory is complete
   */
  public Dependency(DatabaseLink link, String name, Supplier<Sought> sought) {
    this.link = link;
    this.name = name;
    this.sought = sought;
  }

  /**
   * The cells, or null where it cannot be proven what it depends on, so that it is not cached.
   *
   * @param session the connection to ask by, or null to borrow one
   */
  public @Nullable Tracked find(@Nullable WatchedSession session) {
    Tracked known = tracked;
    if (known != null && known.holds()) {
      return known;
    }
    Long refused = refusedAtNanos;
    if (refused != null && System.nanoTime() - refused < ASK_AGAIN_NANOS) {
      return null;
    }
    Tracked found = resolve(session);
    tracked = found;
    refusedAtNanos = found == null ? System.nanoTime() : null;
    if (found == null && link.ledger() != null && !told) {
      told = true;
      log.info("{} is not cached: it cannot be told which tables it depends on", name);
    }
    return found;
  }

  /** What was found last, or null if that holds no more. */
  public @Nullable Tracked known() {
    Tracked known = tracked;
    return known != null && known.holds() ? known : null;
  }

  private @Nullable Tracked resolve(@Nullable WatchedSession session) {
    Ledger ledger = link.ledger();
    SharedLedger shared = link.shared();
    if (ledger == null) {
      return null;
    }
    if (shared == null) {
      // What a formula reads cannot be told without analysis: the hooks name it, or nobody does.
      return track(
          ledger,
          null,
          text -> Optional.of(Set.of(SimpleNames.table(text))),
          query -> Optional.of(Set.of()));
    }
    Stamp definitions = shared.definitions().orElse(null);
    if (definitions == null) {
      return null;
    }
    Function<String, Optional<Set<TableName>>> byQuery =
        session == null
            ? shared::tables
            : query -> Optional.ofNullable(session.footprint(query)).map(Dependency::tables);
    Tracked found =
        track(ledger, definitions, table -> byQuery.apply("select 1 from " + table), byQuery);
    // Reading the catalogue may itself have shown that the definitions were others.
    return found != null && found.holds() ? found : null;
  }

  private @Nullable Tracked track(
      Ledger ledger,
      @Nullable Stamp definitions,
      Function<String, Optional<Set<TableName>>> byTable,
      Function<String, Optional<Set<TableName>>> byQuery) {
    Sought what = sought.get();
    Set<TableName> all = new LinkedHashSet<>();
    Set<TableName> unkept = new HashSet<>();
    Map<TableName, String> keepers = new HashMap<>();
    for (String table : what.tables()) {
      Optional<Set<TableName>> found = byTable.apply(table);
      if (found.isEmpty()) {
        return null;
      }
      all.addAll(found.get());
      String keeper = what.keepers().get(table);
      if (keeper != null && found.get().size() == 1) {
        String other = keepers.putIfAbsent(found.get().iterator().next(), keeper);
        if (other != null && !other.equals(keeper)) {
          unkept.addAll(found.get());
        }
      } else {
        unkept.addAll(found.get());
      }
    }
    for (String query : what.queries()) {
      Optional<Set<TableName>> found = byQuery.apply(query);
      if (found.isEmpty()) {
        return null;
      }
      all.addAll(found.get());
      unkept.addAll(found.get());
      unkept.removeAll(ofItsOwnRow(query, found.get(), keepers));
    }
    keepers.keySet().removeAll(unkept);
    return new Tracked(
        ledger.track(Footprint.of(all, Set.of()), keepers), Map.copyOf(keepers), definitions);
  }

  /** A formula without a query of its own reads nothing but the row it is in. */
  private static Set<TableName> ofItsOwnRow(
      String query, Set<TableName> tables, Map<TableName, String> keepers) {
    boolean nested = query.toLowerCase(Locale.ROOT).indexOf("select", 1) > 0;
    if (nested || tables.size() != 1 || !keepers.keySet().containsAll(tables)) {
      return Set.of();
    }
    return tables;
  }

  /** The tables of a footprint. */
  public static Set<TableName> tables(TrackedFootprint footprint) {
    Set<TableName> tables = new LinkedHashSet<>();
    for (Scope scope : footprint.footprint().scopes()) {
      if (scope instanceof Scope.Table table) {
        tables.add(table.table());
      }
    }
    return tables;
  }
}
