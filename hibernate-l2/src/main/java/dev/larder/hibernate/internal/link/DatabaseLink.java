package dev.larder.hibernate.internal.link;

import dev.larder.invalidation.Invalidation;
import dev.larder.invalidation.ledger.DatabaseIdentity;
import dev.larder.invalidation.ledger.Ledger;
import dev.larder.invalidation.ledger.SharedLedger;
import dev.larder.invalidation.ledger.Stamp;
import dev.larder.invalidation.ledger.TrackedFootprint;
import dev.larder.invalidation.ledger.WatchedSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.hibernate.HibernateException;
import org.hibernate.engine.jdbc.connections.spi.ConnectionProvider;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ledger that one session factory's cache follows. Thread-safe. */
public final class DatabaseLink {

  private static final Logger log = LoggerFactory.getLogger(DatabaseLink.class);
  private static final AtomicLong NUMBERS = new AtomicLong();
  private static final long ASK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int LONGEST_ANSWER_SECONDS = 10;

  /** Set apart so that the caches of two session factories over one ledger differ. */
  private final long number = NUMBERS.incrementAndGet();

  private final ConnectionProvider provider;
  private final @Nullable Tenants tenants;
  private final long standaloneMaxStaleness;
  private volatile LedgerBinding binding;

  /**
   * Finds the ledger below, by one connection.
   *
   * @param provider what the session factory takes its connections from
   * @param standaloneMaxStaleness how old an answer may be where nobody below knows, in nanoseconds
   */
  public DatabaseLink(ConnectionProvider provider, long standaloneMaxStaleness) {
    this(provider, null, standaloneMaxStaleness);
  }

  /** The same for several tenants, of which any one's connection tells of the ledger. */
  public DatabaseLink(MultiTenantConnectionProvider<Object> provider, long standaloneMaxStaleness) {
    this(new ConnectionsOfAnyTenant(provider), new Tenants(provider), standaloneMaxStaleness);
  }

  private DatabaseLink(
      ConnectionProvider provider, @Nullable Tenants tenants, long standaloneMaxStaleness) {
    this.provider = provider;
    this.tenants = tenants;
    this.standaloneMaxStaleness = standaloneMaxStaleness;
    this.binding = bind();
  }

  /** Asks again where the database could not be asked before. Call it holding no connection. */
  public void refresh() {
    if (binding instanceof LedgerBinding.Pending pending
        && System.nanoTime() - pending.askedAtNanos() > ASK_AGAIN_NANOS) {
      binding = new LedgerBinding.Pending(System.nanoTime());
      binding = bind();
    }
    Tenants several = tenants();
    Ledger ledger = ledger();
    if (several != null && ledger != null) {
      several.refresh(ledger);
    }
  }

  private LedgerBinding bind() {
    ConnectionProvider source = provider;
    Connection connection = null;
    try {
      connection = source.getConnection();
      if (connection == null || !connection.isWrapperFor(SharedLedger.class)) {
        return standalone();
      }
      SharedLedger shared = connection.unwrap(SharedLedger.class);
      if (!connection.isValid(LONGEST_ANSWER_SECONDS) || shared.ledger().isEmpty()) {
        return pending(null);
      }
      return new LedgerBinding.Shared(shared, shared.ledger().get());
    } catch (UnsupportedOperationException userBringsConnections) {
      return standalone();
    } catch (SQLException | HibernateException unreachable) {
      return pending(unreachable);
    } finally {
      release(source, connection);
    }
  }

  /**
   * What the database says of those columns; nothing where it cannot be asked, or one connection
   * does not tell for all. Call it holding no connection.
   *
   * @param wanted the columns by table, both as SQL spells them
   */
  public StoredColumns columns(Map<String, Set<String>> wanted) {
    ConnectionProvider source = provider;
    SharedLedger shared = shared();
    Stamp definitions = shared == null ? null : shared.definitions().orElse(null);
    if (tenants != null || ledger() == null || shared != null && definitions == null) {
      return StoredColumns.unknown();
    }
    Connection connection = null;
    try {
      connection = source.getConnection();
      return connection == null
          ? StoredColumns.unknown()
          : StoredColumns.of(connection, wanted, definitions);
    } catch (UnsupportedOperationException | SQLException | HibernateException unreachable) {
      log.debug("The columns cannot be told now", unreachable);
      return StoredColumns.unknown();
    } finally {
      release(source, connection);
    }
  }

  private LedgerBinding standalone() {
    return new LedgerBinding.Standalone(
        Ledger.unshared(new DatabaseIdentity("hibernate", String.valueOf(number))));
  }

  private static LedgerBinding pending(@Nullable Exception why) {
    log.warn("The database cannot be reached: nothing is kept in the second-level cache yet", why);
    return new LedgerBinding.Pending(System.nanoTime());
  }

  private static void release(ConnectionProvider provider, @Nullable Connection connection) {
    if (connection != null) {
      try {
        provider.closeConnection(connection);
      } catch (SQLException e) {
        log.debug("Giving a connection back failed", e);
      }
    }
  }

  /** The ledger, or null while the database could not be asked. */
  public @Nullable Ledger ledger() {
    LedgerBinding now = binding;
    if (now instanceof LedgerBinding.Shared shared) {
      return shared.ledger();
    }
    return now instanceof LedgerBinding.Standalone standalone ? standalone.ledger() : null;
  }

  /** What the Larder DataSource below offers, or null where there is none. */
  public @Nullable SharedLedger shared() {
    return binding instanceof LedgerBinding.Shared shared ? shared.shared() : null;
  }

  /** The cache's own ledger, where there is no Larder DataSource below; null otherwise. */
  public @Nullable Ledger own() {
    return binding instanceof LedgerBinding.Standalone standalone ? standalone.ledger() : null;
  }

  /** Whether a Larder DataSource below sees every statement. */
  public boolean isShared() {
    return binding instanceof LedgerBinding.Shared;
  }

  /** Where the ledger stands; -1, before everything, without one. */
  public long position() {
    Ledger ledger = ledger();
    return ledger == null ? -1 : ledger.position();
  }

  /** A position after all that were given before; 0 without a ledger. */
  public long tick() {
    Ledger ledger = ledger();
    return ledger == null ? 0 : ledger.tick();
  }

  /**
   * Whether what a session has read may be older than its transaction, for the sake of writers that
   * nobody sees.
   */
  public boolean isAged() {
    return maxAgeNanos(null) != Long.MAX_VALUE;
  }

  /**
   * How old an entry may be, now. It is as old as the answer that it was made from, so that no time
   * counts twice.
   *
   * @param footprint what it depends on; null where its reader has another way to tell
   */
  public long maxAgeNanos(@Nullable TrackedFootprint footprint) {
    if (!(binding instanceof LedgerBinding.Shared shared)) {
      return standaloneMaxStaleness;
    }
    return footprint == null
        ? shared.shared().maxAgeNanos()
        : shared.shared().maxAgeNanos(footprint);
  }

  /** The tenants, where each has cells of its own in the ledger below; null otherwise. */
  public @Nullable Tenants tenants() {
    return isShared() ? tenants : null;
  }

  /** What is to be done when a tenant's sessions come to look elsewhere than they did. */
  public void onTenantsMove(Runnable forget) {
    if (tenants != null) {
      tenants.onMove(forget);
    }
  }

  /** The tenant of a session; null where there are none, or while it is not known. */
  public @Nullable Tenant tenant(SharedSessionContractImplementor session) {
    Tenants several = tenants();
    return several == null ? null : several.find(session.getTenantIdentifierValue());
  }

  /**
   * The name under which the ledger knows the cache of an entity or collection, which accounts for
   * the rows that its own actions write.
   *
   * @param tenant whose rows, where each tenant has his own
   */
  public String cacheName(@Nullable Tenant tenant, String role) {
    return number + ":" + (tenant == null ? "" : tenant.name() + ":") + role;
  }

  /** What the Larder DataSource below tells of a connection; null where it is none of its. */
  public @Nullable WatchedSession watched(Connection connection) throws SQLException {
    return Tenants.watched(connection, ledger());
  }

  /** The session factory is closed: nothing follows the ledger any more. */
  public void close() {
    Ledger ledger = ledger();
    if (ledger != null) {
      ledger.forgetCaches(cache -> cache.startsWith(number + ":"));
    }
  }

  /** The hooks of what is below. */
  public Invalidation invalidation() {
    LedgerBinding now = binding;
    if (now instanceof LedgerBinding.Shared shared) {
      return shared.shared().invalidation();
    }
    if (now instanceof LedgerBinding.Standalone standalone) {
      return new StandaloneHooks(standalone.ledger());
    }
    throw new IllegalStateException("the database could not be reached yet");
  }
}
