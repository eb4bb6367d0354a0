package dev.larder.jdbc.internal.pool;

import dev.larder.jdbc.internal.settings.JdbcUrl;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Where physical connections come from. Immutable and thread-safe. */
public sealed interface Origin {

  /**
   * A driver's own URL.
   *
   * @param driver the driver that accepts it
   * @param user overrides the user in the URL and the properties; null leaves it to them
   * @param properties handed to the driver as they are
   */
  record Url(
      Driver driver,
      String url,
      @Nullable String user,
      @Nullable String password,
      Properties properties)
      implements Origin {

    public Url {
      properties = copy(properties);
    }

    /** A copy, for the caller to change. */
    @Override
    public Properties properties() {
      return copy(properties);
    }

    private static Properties copy(Properties properties) {
      Properties copy = new Properties();
      properties.stringPropertyNames().forEach(n -> copy.setProperty(n, properties.getProperty(n)));
      properties.forEach(copy::putIfAbsent);
      return copy;
    }

    /** Without URL parameters and properties, any of which may be a password. */
    @Override
    public String toString() {
      return JdbcUrl.of(url).withoutSecrets();
    }
  }

  /** A DataSource that opens a physical connection for each call: Larder pools above it. */
  record Plain(DataSource dataSource) implements Origin {}

  /**
   * A DataSource that pools itself, or of which nothing is known: Larder uses it as it is, because
   * a pool above a DataSource that looks at its caller would lend one caller's connection to
   * another.
   */
  record Given(DataSource dataSource) implements Origin {}

  /**
   * A driver's URL.
   *
   * @param driverClass the driver's class, for one that is registered nowhere; null to look for it
   * @throws SQLException 08001 if there is no driver for it
   */
  static Url of(
      String url,
      @Nullable String driverClass,
      @Nullable String user,
      @Nullable String password,
      Properties properties)
      throws SQLException {
    return new Url(DriverLookup.find(url, driverClass), url, user, password, properties);
  }

  /** A DataSource of the application. */
  static Origin of(DataSource dataSource) {
    return KnownDataSources.isPlain(dataSource) ? new Plain(dataSource) : new Given(dataSource);
  }
}
