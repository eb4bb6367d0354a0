package dev.larder.jdbc.internal.pool;

import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Where physical connections come from. Immutable and thread-safe. */
public sealed interface Origin {

  /**
   * A driver's own URL.
   *
   * @param user overrides the user in the URL and the properties; null leaves it to them
   * @param properties handed to the driver as they are
   */
  record Url(String url, @Nullable String user, @Nullable String password, Properties properties)
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
      return JdbcUrls.withoutSecrets(url);
    }
  }

  /** A DataSource that opens a physical connection for each call: Larder pools above it. */
  record Plain(DataSource dataSource) implements Origin {}

  /** A DataSource that lends connections again and again: Larder uses it as it is. */
  record Pooled(DataSource dataSource) implements Origin {}

  static Origin of(DataSource dataSource) {
    return PooledDataSources.isPool(dataSource) ? new Pooled(dataSource) : new Plain(dataSource);
  }
}
