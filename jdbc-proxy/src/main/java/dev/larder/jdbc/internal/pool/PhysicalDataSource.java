package dev.larder.jdbc.internal.pool;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens a physical connection for each call and remembers its profile: what HikariCP stands on.
 * Thread-safe.
 */
final class PhysicalDataSource<P> implements DataSource {
  private final Origin origin;
  private final ConnectionProfiler<P> profiler;
  private final WeakIdentityMap<Connection, P> profiles;
  private volatile boolean untried;

  /** An attempt to connect in vain. */
  private record Refusal(long atNanos, SQLException failure) {}

  private volatile @Nullable Refusal refusal;

  PhysicalDataSource(
      Origin origin, ConnectionProfiler<P> profiler, WeakIdentityMap<Connection, P> profiles) {
    this.origin = origin;
    this.profiler = profiler;
    this.profiles = profiles;
  }

  /** Why it was tried in vain to connect since that time; null where it was not. */
  @Nullable SQLException refusalSince(long nanos) {
    Refusal latest = refusal;
    return latest != null && latest.atNanos() - nanos >= 0 ? latest.failure() : null;
  }

  /** HikariCP learns from what it is given until it has {@link #proven} one. */
  PhysicalDataSource<P> untried() {
    untried = true;
    return this;
  }

  /** HikariCP has accepted a connection and will learn nothing more. */
  void proven() {
    if (untried) {
      untried = false;
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection opened;
    try {
      opened = open(null, null);
    } catch (SQLException e) {
      refusal = new Refusal(System.nanoTime(), e);
      throw e;
    } catch (RuntimeException e) {
      refusal =
          new Refusal(
              System.nanoTime(),
              new SQLNonTransientConnectionException("the driver cannot connect", "08001", e));
      throw e;
    }
    Connection profiled = profiled(opened);
    if (!untried) {
      return profiled;
    }
    try {
      return FirstConnection.of(profiled);
    } catch (SQLException | RuntimeException | Error failure) {
      closeAfter(failure, profiled);
      throw failure;
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return profiled(open(user, password));
  }

  private Connection open(@Nullable String user, @Nullable String password) throws SQLException {
    if (origin instanceof Origin.Url url) {
      return connect(url, user, password);
    }
    DataSource dataSource =
        origin instanceof Origin.Plain plain
            ? plain.dataSource()
            : ((Origin.Given) origin).dataSource();
    Connection connection =
        user == null ? dataSource.getConnection() : dataSource.getConnection(user, password);
    if (connection == null) {
      throw new SQLNonTransientConnectionException("the DataSource gave no connection", "08001");
    }
    return connection;
  }

  /** Credentials of the call win over those of the configuration, and these over the URL's. */
  private static Connection connect(
      Origin.Url origin, @Nullable String user, @Nullable String password) throws SQLException {
    Properties properties = origin.properties();
    put(properties, "user", user == null ? origin.user() : user);
    if (user == null) {
      put(properties, "password", origin.password());
    } else {
      properties.remove("password");
      put(properties, "password", password);
    }
    Connection connection = origin.driver().connect(origin.url(), properties);
    if (connection == null) {
      throw new SQLNonTransientConnectionException("the driver does not accept " + origin, "08001");
    }
    return connection;
  }

  private static void put(Properties properties, String name, @Nullable String value) {
    if (value != null) {
      properties.setProperty(name, value);
    }
  }

  private Connection profiled(Connection connection) throws SQLException {
    try {
      profiles.put(PhysicalIdentity.of(connection), profiler.profile(connection));
      return connection;
    } catch (SQLException | RuntimeException | Error failure) {
      closeAfter(failure, connection);
      throw failure;
    }
  }

  private static void closeAfter(Throwable failure, Connection connection) {
    try {
      connection.close();
    } catch (SQLException | RuntimeException closing) {
      failure.addSuppressed(closing);
    }
  }

  /*
   * HikariCP sets a login time-out on what it stands on. A driver has none of its own, only the one
   * of DriverManager that the whole JVM shares, and a DataSource that was handed to us is not ours
   * to change: so it is accepted and left alone.
   */

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 1;
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {}

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("Larder logs through SLF4J", "0A000");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw new SQLException("not a wrapper for " + type.getName(), "22023");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
