package dev.larder.jdbc;

import dev.larder.jdbc.internal.datasource.DataSourceConfiguration;
import dev.larder.jdbc.internal.settings.LarderUrl;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The driver of {@code jdbc:larder:<the rest of the database's own URL>}. Thread-safe.
 *
 * <p>{@code larder.*} parameters of the URL, and properties of such names, are settings; everything
 * else reaches the database's driver as it is. All connections of one URL and one set of
 * properties, user and password among them, share one {@link LarderDataSource} with its pool and
 * cache: it stays when they are closed, until the driver is deregistered from {@link
 * DriverManager}. The first connection of such a set is refused unless the database accepts its
 * credentials.
 */
public final class LarderDriver implements Driver {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(LarderDriver.class);

  /** More DataSources than this in one JVM are more likely a mistake than a wish. */
  private static final int MANY = 32;

  private static final Map<Key, LarderDataSource> DATA_SOURCES = new ConcurrentHashMap<>();

  static {
    try {
      register();
    } catch (SQLException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  static void register() throws SQLException {
    DriverManager.registerDriver(new LarderDriver(), LarderDriver::closeAll);
  }

  /** What connections must agree in to share a cache; holds the password, so it has no toString. */
  private static final class Key {
    private final String url;
    private final Map<Object, Object> properties;

    Key(String url, Map<Object, Object> properties) {
      this.url = url;
      this.properties = properties;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key that
          && url.equals(that.url)
          && properties.equals(that.properties);
    }

    @Override
    public int hashCode() {
      return Objects.hash(url, properties);
    }
  }

  /** Whether the URL begins with {@code jdbc:larder:}. */
  @Override
  public boolean acceptsURL(@Nullable String url) {
    return url != null && url.startsWith(LarderUrl.PREFIX);
  }

  /**
   * Gives a connection, or null for a URL of another driver.
   *
   * @throws SQLException 08001 for a malformed URL or one without a driver, 22023 naming every
   *     mistake in the settings, or the driver's own if the database cannot be reached or refuses
   *     the credentials
   */
  @Override
  public @Nullable Connection connect(@Nullable String url, @Nullable Properties info)
      throws SQLException {
    if (url == null) {
      throw new SQLNonTransientConnectionException("the URL is null", "08001");
    }
    return acceptsURL(url) ? dataSource(url, flat(info)).getConnection() : null;
  }

  private static LarderDataSource dataSource(String url, Map<Object, Object> properties)
      throws SQLException {
    Key key = new Key(url, properties);
    LarderDataSource known = DATA_SOURCES.get(key);
    if (known != null && !known.isClosed()) {
      return known;
    }
    if (known != null) {
      DATA_SOURCES.remove(key, known);
    }
    LarderDataSource created = create(url, properties);
    try {
      created.verify();
    } catch (SQLException | RuntimeException | Error refused) {
      created.close();
      throw refused;
    }
    LarderDataSource first = DATA_SOURCES.putIfAbsent(key, created);
    if (first != null) {
      created.close();
      return first;
    }
    if (DATA_SOURCES.size() == MANY) {
      LOG.warn(
          "{} combinations of URL, user and properties are in use, each with a pool and a cache of"
              + " its own",
          MANY);
    }
    return created;
  }

  private static LarderDataSource create(String url, Map<Object, Object> properties) {
    DataSourceConfiguration configuration = new DataSourceConfiguration();
    configuration.url(url);
    properties.forEach(
        (name, value) ->
            (LarderUrl.isSetting(name.toString())
                    ? configuration.settings()
                    : configuration.driverProperties())
                .put(name, value));
    return new LarderDataSource(configuration);
  }

  /** The properties with their defaults, in a map of their own. */
  private static Map<Object, Object> flat(@Nullable Properties info) {
    Map<Object, Object> flat = new HashMap<>();
    if (info != null) {
      info.stringPropertyNames().forEach(name -> flat.put(name, info.getProperty(name)));
      info.forEach(flat::putIfAbsent);
    }
    return flat;
  }

  private static void closeAll() {
    for (Key key : List.copyOf(DATA_SOURCES.keySet())) {
      LarderDataSource dataSource = DATA_SOURCES.remove(key);
      if (dataSource != null) {
        dataSource.close();
      }
    }
  }

  /** Every {@link Setting}, and what the database's driver says of its own properties. */
  @Override
  public DriverPropertyInfo[] getPropertyInfo(@Nullable String url, @Nullable Properties info)
      throws SQLException {
    LarderUrl parsed = acceptsURL(url) ? parse(Objects.requireNonNull(url)) : null;
    List<DriverPropertyInfo> list = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      String given = info == null ? null : info.getProperty(setting.property());
      String inUrl = parsed == null ? null : parsed.settings().get(setting.property());
      list.add(described(setting, given == null ? inUrl : given));
    }
    if (parsed != null) {
      Properties rest = new Properties();
      flat(info)
          .forEach(
              (n, v) -> {
                if (!LarderUrl.isSetting(n.toString())) {
                  rest.put(n, v);
                }
              });
      list.addAll(
          List.of(
              DriverManager.getDriver(parsed.driverUrl())
                  .getPropertyInfo(parsed.driverUrl(), rest)));
    }
    return list.toArray(DriverPropertyInfo[]::new);
  }

  private static LarderUrl parse(String url) throws SQLException {
    try {
      return LarderUrl.parse(url);
    } catch (IllegalArgumentException malformed) {
      throw new SQLNonTransientConnectionException(malformed.getMessage(), "08001", malformed);
    }
  }

  private static DriverPropertyInfo described(Setting setting, @Nullable String value) {
    DriverPropertyInfo described =
        new DriverPropertyInfo(setting.property(), value == null ? setting.defaultValue() : value);
    described.description = setting.description();
    described.choices =
        switch (setting.type()) {
          case SWITCH -> new String[] {"true", "false"};
          case CHOICE -> setting.choices().toArray(String[]::new);
          default -> null;
        };
    return described;
  }

  @Override
  public int getMajorVersion() {
    return 0;
  }

  @Override
  public int getMinorVersion() {
    return 1;
  }

  /** False: what is below need not be a compliant driver. */
  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("Larder logs through SLF4J", "0A000");
  }
}
