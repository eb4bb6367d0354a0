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
 * Finds what one entity hierarchy, collection or query space depends on: once, and again after the
 * database's definitions have changed. Thread-safe.
 */
public final class DependencyResolver {

  private static final Logger log = LoggerFactory.getLogger(DependencyResolver.class);
  private static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final DatabaseLink link;
  private final String name;
  private final Supplier<TableDependencies> tables;
  private volatile @Nullable ResolvedDependencies resolved;
  private volatile @Nullable Long refusedAtNanos;
  private volatile boolean told;

  /**
   * @param name what it is of, for the log
   * @param tables what Hibernate's metamodel says; asked when the session factory is complete
   */
  public DependencyResolver(DatabaseLink link, String name, Supplier<TableDependencies> tables) {
    this.link = link;
    this.name = name;
    this.tables = tables;
  }

  /**
   * The cells, or null where it cannot be proven what it depends on, so that it is not cached.
   *
   * @param session the connection to ask by, which has set nothing, or null to borrow one
   */
  public @Nullable ResolvedDependencies find(@Nullable WatchedSession session) {
    ResolvedDependencies known = resolved;
    if (known != null && known.holds()) {
      return known;
    }
    Long refused = refusedAtNanos;
    if (refused != null && System.nanoTime() - refused < ASK_AGAIN_NANOS) {
      return null;
    }
    ResolvedDependencies found = resolve(session);
    resolved = found;
    refusedAtNanos = found == null ? System.nanoTime() : null;
    if (found == null && link.ledger() != null && !told) {
      told = true;
      log.info("{} is not cached: it cannot be told which tables it depends on", name);
    }
    return found;
  }

  /** What was found last, or null if that holds no more. */
  public @Nullable ResolvedDependencies known() {
    ResolvedDependencies known = resolved;
    return known != null && known.holds() ? known : null;
  }

  private @Nullable ResolvedDependencies resolve(@Nullable WatchedSession session) {
    Ledger ledger = link.ledger();
    SharedLedger shared = link.shared();
    if (ledger == null) {
      return null;
    }
    if (shared == null) {
      return Resolution.of(tables.get(), new TableResolver.OfNames(), ledger, null);
    }
    Stamp definitions = shared.definitions().orElse(null);
    if (definitions == null) {
      return null;
    }
    TableResolver resolver =
        session == null
            ? new TableResolver.OfDataSource(shared)
            : new TableResolver.OfSession(session);
    ResolvedDependencies found = Resolution.of(tables.get(), resolver, ledger, definitions);
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
