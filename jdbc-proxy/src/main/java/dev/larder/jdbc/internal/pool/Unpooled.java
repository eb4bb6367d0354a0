package dev.larder.jdbc.internal.pool;

import dev.larder.jdbc.internal.settings.JdbcUrl;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections under other credentials than the pool's. Thread-safe.
 *
 * <p>What such a connection reads belongs to its user, so it is checked that the database really
 * took these credentials: a lazy proxy has not asked it yet, and a user in a URL may have won.
 */
final class Unpooled<P> {
  private final Origin origin;
  private final ConnectionProfiler<P> profiler;

  Unpooled(Origin origin, ConnectionProfiler<P> profiler) {
    this.origin = origin;
    this.profiler = profiler;
  }

  PhysicalConnection<P> connect(String user, @Nullable String password) throws SQLException {
    if (origin instanceof Origin.Given) {
      throw new SQLFeatureNotSupportedException(
          "the wrapped DataSource may be a pool that ignores the credentials;"
              + " make a DataSource of its own for this user",
          "0A000");
    }
    WeakIdentityMap<Connection, P> profiles = new WeakIdentityMap<>();
    Connection connection =
        new PhysicalDataSource<>(withoutUser(origin), profiler, profiles)
            .getConnection(user, password == null ? "" : password);
    try {
      if (!isUser(user, connection.getMetaData().getUserName())) {
        throw new SQLInvalidAuthorizationSpecException(
            "the connection was not opened for the user that was asked for", "28000");
      }
      return lend(connection, profiles);
    } catch (SQLException | RuntimeException | Error failure) {
      ForeignReturn.closeQuietly(connection);
      throw failure;
    }
  }

  /** A connection under the configured credentials. */
  PhysicalConnection<P> connect() throws SQLException {
    WeakIdentityMap<Connection, P> profiles = new WeakIdentityMap<>();
    return lend(new PhysicalDataSource<>(origin, profiler, profiles).getConnection(), profiles);
  }

  private PhysicalConnection<P> lend(Connection connection, WeakIdentityMap<Connection, P> profiles)
      throws SQLException {
    Connection driver = PhysicalIdentity.of(connection);
    P profile = profiles.get(driver);
    return new PhysicalConnection<>(
        connection,
        driver,
        profile == null ? profiler.profile(connection) : profile,
        (any, found) -> {},
        new Closing());
  }

  /** Products add the host ({@code app@localhost}) and fold the case of what they report. */
  private static boolean isUser(String asked, @Nullable String actual) {
    if (actual == null) {
      return false;
    }
    String folded = actual.toLowerCase(Locale.ROOT);
    String wanted = asked.toLowerCase(Locale.ROOT);
    return folded.equals(wanted) || folded.startsWith(wanted + "@");
  }

  /** Some drivers let a user in the URL win over the one in the properties, others refuse both. */
  private static Origin withoutUser(Origin origin) {
    return origin instanceof Origin.Url url
        ? new Origin.Url(
            url.driver(),
            JdbcUrl.of(url.url()).without(name -> name.matches("(?i)user|username|password")),
            null,
            null,
            url.properties())
        : origin;
  }

  /** There is no pool to go back to. */
  private static final class Closing implements ConnectionReturn {
    @Override
    public void release(Connection connection) throws SQLException {
      connection.close();
    }

    @Override
    public void discard(Connection connection) {
      ForeignReturn.closeQuietly(connection);
    }
  }
}
