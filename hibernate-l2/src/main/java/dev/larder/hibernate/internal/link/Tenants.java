package dev.larder.hibernate.internal.link;

import dev.larder.invalidation.ledger.Ledger;
import dev.larder.invalidation.ledger.SharedLedger;
import dev.larder.invalidation.ledger.WatchedSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.hibernate.HibernateException;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tenants of one session factory, as far as their connections are of one LarderDataSource.
 * Thread-safe.
 *
 * <p>What a tenant's sessions begin with is asked of a connection that the application has not had
 * in its hands: a session that has already run statements may look elsewhere by now.
 */
public final class Tenants {

  private static final Logger log = LoggerFactory.getLogger(Tenants.class);

  /** More than these are forgotten, and asked anew. */
  private static final int MOST = 10_000;

  private static final long ASK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final MultiTenantConnectionProvider<Object> provider;
  private final Map<Object, Tenant> known = new ConcurrentHashMap<>();
  private final Map<Object, Long> refusedAtNanos = new ConcurrentHashMap<>();
  private final Set<Object> wanted = ConcurrentHashMap.newKeySet();
  private final AtomicLong numbers = new AtomicLong();
  private volatile Runnable moved = () -> {};

  Tenants(MultiTenantConnectionProvider<Object> provider) {
    this.provider = provider;
  }

  /** What is to be done when a tenant's sessions come to look elsewhere than they did. */
  void onMove(Runnable forget) {
    moved = forget;
  }

  /** The tenant, or null where it is not known yet or not one of the LarderDataSource's. */
  public @Nullable Tenant find(@Nullable Object id) {
    if (id == null) {
      return null;
    }
    Tenant found = known.get(id);
    if (found == null && isDue(refusedAtNanos.get(id))) {
      wanted.add(id);
    }
    return found;
  }

  /** A session of the tenant was seen that looks elsewhere: it may be the tenant that does. */
  public void doubt(Object id, Tenant tenant) {
    if (isDue(tenant.askedAtNanos())) {
      wanted.add(id);
    }
  }

  private static boolean isDue(@Nullable Long askedAtNanos) {
    return askedAtNanos == null || System.nanoTime() - askedAtNanos > ASK_AGAIN_NANOS;
  }

  /** Asks for the tenants that somebody looked for in vain. Call it holding no connection. */
  void refresh(Ledger ledger) {
    if (wanted.isEmpty()) {
      return;
    }
    for (Object id : wanted) {
      if (wanted.remove(id)) {
        learn(id, schema(id, ledger));
      }
    }
  }

  private synchronized void learn(Object id, @Nullable Object schema) {
    Tenant before = known.get(id);
    if (before != null && before.schema().equals(schema)) {
      before.asked();
      return;
    }
    if (known.size() >= MOST || refusedAtNanos.size() >= MOST) {
      known.clear();
      refusedAtNanos.clear();
    }
    if (before != null) {
      known.remove(id);
      moved.run();
    }
    if (schema == null) {
      refusedAtNanos.put(id, System.nanoTime());
    } else {
      refusedAtNanos.remove(id);
      known.put(id, new Tenant(numbers.incrementAndGet(), schema));
    }
  }

  /** Null where it cannot be told, or is not all that makes the tenant's sessions differ. */
  private @Nullable Object schema(Object id, Ledger ledger) {
    Connection connection = null;
    try {
      connection = provider.getConnection(id);
      Object schema = connection == null ? null : schema(connection, ledger);
      if (schema == null) {
        log.info("Tenant {} is not cached: its connections are not told apart by schema alone", id);
      }
      return schema;
    } catch (SQLException | HibernateException unreachable) {
      log.debug("The schema of tenant {} cannot be told now", id, unreachable);
      return null;
    } finally {
      release(id, connection);
    }
  }

  private static @Nullable Object schema(Connection connection, Ledger ledger) throws SQLException {
    WatchedSession watched = watched(connection, ledger);
    return watched == null ? null : watched.schema();
  }

  /**
   * What the Larder DataSource of that ledger tells of a connection; null where it is none of its.
   */
  static @Nullable WatchedSession watched(Connection connection, @Nullable Ledger ledger)
      throws SQLException {
    boolean isLarders =
        connection.isWrapperFor(WatchedSession.class)
            && connection.unwrap(SharedLedger.class).ledger().orElse(null) == ledger;
    return isLarders ? connection.unwrap(WatchedSession.class) : null;
  }

  private void release(Object id, @Nullable Connection connection) {
    if (connection != null) {
      try {
        provider.releaseConnection(id, connection);
      } catch (SQLException | HibernateException e) {
        log.debug("Giving a connection back failed", e);
      }
    }
  }
}
