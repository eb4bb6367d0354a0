package dev.larder.jdbc.internal.session;

import dev.larder.invalidation.ledger.TrackedFootprint;
import dev.larder.jdbc.internal.pool.ConnectionProfiler;
import dev.larder.jdbc.internal.session.SessionBaseline.Driver;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a physical connection what database it reached and what its session begins with.
 * Thread-safe.
 */
public final class SessionProfiler implements ConnectionProfiler<PhysicalProfile> {

  private static final Logger log = LoggerFactory.getLogger(SessionProfiler.class);

  /** How often one connection is asked. */
  private static final int ATTEMPTS = 3;

  /** How many connections in a row may fail before one is used of which nothing is known. */
  private static final int MOST_FAILED_IN_A_ROW = 3;

  private final Function<String, SessionProbe> probes;
  private final Function<String, ServerQueries> servers;
  private final AtomicInteger failedInARow = new AtomicInteger();
  private final CustomSettings customSettings = new CustomSettings();
  private volatile @Nullable TrackedFootprint definitions;

  /** What was found last. */
  private volatile @Nullable PhysicalProfile latest;

  /**
   * @param probes what asks a product's sessions, by the product's name as the driver tells it
   * @param servers what asks a product's servers, likewise
   */
  public SessionProfiler(
      Function<String, SessionProbe> probes, Function<String, ServerQueries> servers) {
    this.probes = probes;
    this.servers = servers;
  }

  /** What it asks for beyond what the product lists. */
  public CustomSettings customSettings() {
    return customSettings;
  }

  /** From now on profiles tell under which definitions they were read. */
  public void under(TrackedFootprint tracked) {
    definitions = tracked;
  }

  /** Whether a profile that was read under {@code basis} still holds. */
  public boolean holds(PhysicalProfile.@Nullable Basis basis) {
    return basis != null
        && basis.customNames() == customSettings.count()
        && basis.definitions().isCurrent();
  }

  /** Whether reading a profile now would give one that holds. */
  public boolean mayRead() {
    TrackedFootprint tracked = definitions;
    return tracked != null && !tracked.stamp().wasOpen();
  }

  private PhysicalProfile.@Nullable Basis basis() {
    TrackedFootprint tracked = definitions;
    int names = customSettings.count();
    return tracked == null ? null : new PhysicalProfile.Basis(tracked.stamp(), names);
  }

  /**
   * Profiles a connection on which nothing is set and no transaction has begun.
   *
   * @throws SQLException if the connection does not answer at all; what merely cannot be told makes
   *     the profile vaguer
   */
  @Override
  public PhysicalProfile profile(Connection connection) throws SQLException {
    PhysicalProfile.Basis basis = basis();
    DatabaseMetaData metaData = connection.getMetaData();
    String product = metaData.getDatabaseProductName();
    Driver driver = new Driver(text(metaData.getDriverName()), text(metaData.getDriverVersion()));
    SessionProbe probe = probes.apply(product);
    boolean autoCommit = connection.getAutoCommit();
    SessionProbe.Request request =
        new SessionProbe.Request(product, driver, autoCommit, customSettings.names(), basis);
    for (int attempt = 1; ; attempt++) {
      try {
        PhysicalProfile profile = probe.profile(connection, request);
        failedInARow.set(0);
        return shared(profile);
      } catch (SQLException e) {
        boolean isRefusal = Refusal.is(e);
        if (!isRefusal && (attempt < ATTEMPTS && !connection.isClosed())) {
          log.debug("A connection could not be asked what its session is; it is asked again", e);
          continue;
        }
        if (!isRefusal
            && (connection.isClosed() || failedInARow.incrementAndGet() < MOST_FAILED_IN_A_ROW)) {
          // Perhaps the next connection can.
          throw e;
        }
        log.warn("Cannot tell what this session is; its queries are not cached", e);
        return ToldByJdbc.nothing(probe.rules(), connection, request);
      } finally {
        if (!autoCommit) {
          connection.rollback();
        }
      }
    }
  }

  /** The same profile, with what the one before it had too as the same objects. */
  private PhysicalProfile shared(PhysicalProfile found) {
    PhysicalProfile before = latest;
    PhysicalProfile shared = before == null ? found : found.sharing(before, holds(before.basis()));
    latest = shared;
    return shared;
  }

  @Override
  public int freeConnections(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return servers.apply(product).freeConnections(connection);
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
