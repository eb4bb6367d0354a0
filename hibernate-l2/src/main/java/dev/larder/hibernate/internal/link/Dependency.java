package dev.larder.hibernate.internal.link;

import dev.larder.invalidation.Scope;
import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ledger.Ledger;
import dev.larder.invalidation.ledger.SharedLedger;
import dev.larder.invalidation.ledger.Stamp;
import dev.larder.invalidation.ledger.TrackedFootprint;
import dev.larder.invalidation.ledger.WatchedSession;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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
   * @param session the connection to ask by, which has set nothing, or null to borrow one
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
      return Resolution.of(sought.get(), new Reads.OfNames(), ledger, null);
    }
    Stamp definitions = shared.definitions().orElse(null);
    if (definitions == null) {
      return null;
    }
    Reads reads = session == null ? new Reads.OfDataSource(shared) : new Reads.OfSession(session);
    Tracked found = Resolution.of(sought.get(), reads, ledger, definitions);
    // Reading the catalogue may itself have shown that the definitions were others.
    return found != null && found.holds() ? found : null;
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
