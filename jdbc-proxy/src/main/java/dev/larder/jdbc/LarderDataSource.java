package dev.larder.jdbc;

import dev.larder.invalidation.Invalidation;
import dev.larder.invalidation.ledger.SharedLedger;
import dev.larder.jdbc.internal.datasource.DataSourceAssembler;
import dev.larder.jdbc.internal.datasource.DataSourceConfiguration;
import dev.larder.jdbc.internal.datasource.DataSourceRuntime;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A DataSource that answers a SELECT from memory when its answer cannot have changed, and hands
 * everything else to the database. Thread-safe.
 *
 * <p>There are three ways to make one: around a DataSource ({@link #wrap(DataSource)}), from a URL
 * ({@link #builder()}), and as a bean with the properties {@code url}, {@code username}, {@code
 * password} and {@code settings}, for containers that configure DataSources by their setters. It
 * opens no connection before a statement has to reach the database.
 */
public final class LarderDataSource implements DataSource, AutoCloseable {
  private final Object lock = new Object();
  private final DataSourceConfiguration configuration;
  private volatile @Nullable DataSourceRuntime started;
  private volatile boolean closed;

  /**
   * A bean to be configured by its setters. It starts at its first use; what was configured wrongly
   * shows there.
   */
  public LarderDataSource() {
    this(new DataSourceConfiguration());
  }

  LarderDataSource(DataSourceConfiguration configuration) {
    this.configuration = configuration;
  }

  /**
   * Puts the cache above a DataSource, with the default settings.
   *
   * <p>Larder must stand <em>below</em> anything that gives different callers different
   * connections: a decorator that runs SET on each connection it gives, a router between databases,
   * a proxy that brings its own user or transaction. An answer from memory takes no connection from
   * the DataSource below, so that nothing there can tell one caller from another. Where such a
   * DataSource is recognised (Spring's routing, user-credentials, transaction-aware and
   * single-connection ones) nothing is cached, and {@link #explain} says so; a decorator of your
   * own is not recognised.
   *
   * <p>A driver's own DataSource gets a connection pool of Larder's; a pool, and any DataSource
   * that is not known, is used as it is. The DataSource stays the application's: {@link #close()}
   * does not close it.
   */
  public static LarderDataSource wrap(DataSource dataSource) {
    return wrap(dataSource, new Properties());
  }

  /**
   * Puts the cache above a DataSource; see {@link #wrap(DataSource)}.
   *
   * @param settings values by the names in {@link Setting}
   * @throws InvalidSettingsException naming every mistake in the settings
   */
  public static LarderDataSource wrap(DataSource dataSource, Properties settings) {
    return builder().dataSource(dataSource).settings(settings).build();
  }

  /** A builder, for a URL or a DataSource. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Gives a connection, which takes none from the database before a statement has to reach it.
   *
   * @throws SQLException 22023 if the bean's settings are wrong, 08001 if no driver takes its URL,
   *     08003 if this DataSource is closed
   */
  @Override
  public Connection getConnection() throws SQLException {
    return runtime().connect();
  }

  /**
   * Gives a connection for other credentials, after the database has accepted them. Its answers are
   * never shared with other users.
   *
   * @throws SQLException as the database refuses the credentials; 0A000 above a DataSource that may
   *     not really authenticate
   */
  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    return runtime().connect(username, password);
  }

  /**
   * The hooks by which an application says what it changed behind Larder's back.
   *
   * @throws IllegalStateException if this DataSource is closed or was configured wrongly
   */
  public Invalidation invalidation() {
    try {
      return runtime().invalidation();
    } catch (SQLException notStarted) {
      throw new IllegalStateException(notStarted.getMessage(), notStarted);
    }
  }

  /**
   * Says whether a text is cached and what would invalidate it, or why it is not cached. Does not
   * run it.
   *
   * @throws SQLException if the database's catalogue has to be asked and cannot be
   */
  public Explanation explain(String sql) throws SQLException {
    return runtime().explain(Objects.requireNonNull(sql, "sql"));
  }

  /** What was counted so far; all zero before the first use. */
  public Statistics statistics() {
    DataSourceRuntime current = started;
    return current == null ? Statistics.NONE : current.statistics();
  }

  /** Closes what Larder opened; gives no connection any more. Does nothing the second time. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      if (started != null) {
        started.close();
      }
    }
  }

  /** Whether {@link #close()} was called. */
  public boolean isClosed() {
    return closed;
  }

  /** Sees whether the database takes the configured credentials. */
  void verify() throws SQLException {
    start().verify();
  }

  private DataSourceRuntime runtime() throws SQLException {
    DataSourceRuntime current = started;
    return current == null || closed ? start() : current;
  }

  private DataSourceRuntime start() throws SQLException {
    synchronized (lock) {
      if (closed) {
        throw new SQLNonTransientConnectionException("this LarderDataSource is closed", "08003");
      }
      if (started == null) {
        try {
          started = new DataSourceAssembler(configuration, this).assemble();
        } catch (InvalidSettingsException invalid) {
          throw new SQLNonTransientException(invalid.getMessage(), "22023", invalid);
        }
      }
      return started;
    }
  }

  /** The URL, or null; never with the password that was set apart from it. */
  public @Nullable String getUrl() {
    return configuration.url();
  }

  /**
   * The driver's own URL, {@code jdbc:postgresql:...}, or the same with {@code jdbc:larder:} before
   * it; {@code larder.*} parameters in it are settings.
   *
   * @throws IllegalStateException after the first use, as every setter
   */
  public void setUrl(String url) {
    configure(() -> configuration.url(url));
  }

  /** The user to connect as, or null where the URL says. */
  public @Nullable String getUsername() {
    return configuration.username();
  }

  /** The user to connect as. */
  public void setUsername(String username) {
    configure(() -> configuration.username(username));
  }

  /** The password to connect with; it is never shown. */
  public void setPassword(String password) {
    configure(() -> configuration.password(password));
  }

  /** The class of the database's driver, or null. */
  public @Nullable String getDriverClassName() {
    return configuration.driverClassName();
  }

  /** The class of the database's driver; needed only where the driver does not register itself. */
  public void setDriverClassName(String driverClassName) {
    configure(() -> configuration.driverClassName(driverClassName));
  }

  /** The settings as they were set. */
  public String getSettings() {
    return configuration.settingsText();
  }

  /**
   * Settings in one text, separated by semicolons or line ends: {@code larder.writers=this-jvm;
   * larder.max-staleness=2s}.
   */
  public void setSettings(String settings) {
    configure(() -> configuration.settingsText(settings == null ? "" : settings));
  }

  private void configure(Runnable change) {
    synchronized (lock) {
      if (started != null || closed) {
        throw new IllegalStateException("a LarderDataSource cannot be configured after its start");
      }
      change.run();
    }
  }

  /** That of the wrapped DataSource; 0, the driver's own, without one. */
  @Override
  public int getLoginTimeout() throws SQLException {
    DataSource below = configuration.dataSource();
    return below == null ? 0 : below.getLoginTimeout();
  }

  /**
   * Sets that of the wrapped DataSource.
   *
   * @throws SQLFeatureNotSupportedException without one: {@link Setting#POOL_CONNECTION_TIMEOUT}
   *     and the driver's properties bound the time
   */
  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    below("a login timeout: set larder.pool.connection-timeout or the driver's own property")
        .setLoginTimeout(seconds);
  }

  /** That of the wrapped DataSource; null without one. */
  @Override
  public @Nullable PrintWriter getLogWriter() throws SQLException {
    DataSource below = configuration.dataSource();
    return below == null ? null : below.getLogWriter();
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
    below("a log writer: Larder logs through SLF4J").setLogWriter(out);
  }

  private DataSource below(String feature) throws SQLException {
    DataSource below = configuration.dataSource();
    if (below == null) {
      throw new SQLFeatureNotSupportedException("not supported: " + feature, "0A000");
    }
    return below;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("Larder logs through SLF4J", "0A000");
  }

  /**
   * Gives this object, or its {@link SharedLedger}; what it wraps is not given out, because writes
   * through it go unseen.
   */
  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    if (type == SharedLedger.class) {
      // Connections that outlive this lead here too.
      DataSourceRuntime current = started;
      return type.cast((current == null ? start() : current).sharedLedger());
    }
    throw new SQLNonTransientException(
        "a LarderDataSource is no "
            + type.getName()
            + ", and what is below it is not given out because writes through it would go unseen",
        "22023");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this) || type == SharedLedger.class;
  }

  @Override
  public String toString() {
    return "LarderDataSource[" + configuration + "]";
  }

  /** Says what a DataSource is to be; every mistake shows in {@link #build()}. Not thread-safe. */
  public static final class Builder {
    private final DataSourceConfiguration configuration = new DataSourceConfiguration();

    private Builder() {}

    /** The driver's own URL, or the same with {@code jdbc:larder:} before it. */
    public Builder url(String url) {
      configuration.url(Objects.requireNonNull(url, "url"));
      return this;
    }

    /** The user to connect as. */
    public Builder username(String username) {
      configuration.username(Objects.requireNonNull(username, "username"));
      return this;
    }

    /** The password to connect with; it is never shown. */
    public Builder password(String password) {
      configuration.password(Objects.requireNonNull(password, "password"));
      return this;
    }

    /** The class of the database's driver, where the driver does not register itself. */
    public Builder driverClassName(String driverClassName) {
      configuration.driverClassName(Objects.requireNonNull(driverClassName, "driverClassName"));
      return this;
    }

    /** A property for the driver, by the driver's own name. */
    public Builder driverProperty(String name, String value) {
      configuration.driverProperties().setProperty(name, value);
      return this;
    }

    /** The DataSource to put the cache above, in place of a URL; see {@link #wrap(DataSource)}. */
    public Builder dataSource(DataSource dataSource) {
      configuration.dataSource(Objects.requireNonNull(dataSource, "dataSource"));
      return this;
    }

    /** One setting, as text; what is wrong with it is said by {@link #build()}. */
    public Builder setting(Setting setting, String value) {
      configuration.settings().setProperty(setting.property(), value);
      return this;
    }

    /** Several settings by their names. */
    public Builder settings(Properties settings) {
      settings
          .stringPropertyNames()
          .forEach(n -> configuration.settings().setProperty(n, settings.getProperty(n)));
      settings.forEach(configuration.settings()::putIfAbsent);
      return this;
    }

    /**
     * Makes the DataSource; opens no connection. A builder can make several, each with its own pool
     * and cache.
     *
     * @throws InvalidSettingsException naming every mistake, a URL that no driver takes included
     */
    public LarderDataSource build() {
      LarderDataSource built = new LarderDataSource(configuration.copy());
      try {
        built.started = new DataSourceAssembler(built.configuration, built).assemble();
        return built;
      } catch (SQLException unusableUrl) {
        throw new InvalidSettingsException(List.of("url: " + unusableUrl.getMessage()));
      }
    }
  }
}
