package dev.larder.conformance;

import dev.larder.testkit.Product;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import software.amazon.jdbc.ds.AwsWrapperDataSource;
import software.amazon.jdbc.plugin.cache.DataLocalCacheConnectionPlugin;

/**
 * The AWS Advanced JDBC Wrapper with its {@code dataCache} plugin, told to cache every SELECT that
 * does not lock.
 */
final class AwsDataCache implements Subject {

  /** The wrapper makes the DataSource below itself, by its class's name. */
  public static final class Target extends Forwarding {
    private static final AtomicReference<@Nullable DataSource> BELOW = new AtomicReference<>();

    @Override
    public Connection getConnection() throws SQLException {
      DataSource below = BELOW.get();
      if (below == null) {
        throw new SQLException("no DataSource was set", "08001");
      }
      return below.getConnection();
    }
  }

  @Override
  public String name() {
    return "AWS dataCache";
  }

  @Override
  public DataSource above(Below below) {
    boolean postgres = below.product() == Product.POSTGRESQL;
    Properties properties = new Properties();
    properties.setProperty("wrapperPlugins", "dataCache");
    properties.setProperty("dataCacheTriggerCondition", "(?is)select(?!.*for update).*");
    properties.setProperty("wrapperDialect", postgres ? "pg" : "mariadb");
    properties.setProperty("wrapperTargetDriverDialect", "generic");
    AwsWrapperDataSource wrapper = new AwsWrapperDataSource();
    wrapper.setTargetDataSourceClassName(Target.class.getName());
    wrapper.setJdbcProtocol(postgres ? "jdbc:postgresql:" : "jdbc:mariadb:");
    wrapper.setServerName("127.0.0.1");
    wrapper.setTargetDataSourceProperties(properties);
    return new Cache(wrapper, below.dataSource());
  }

  private static final class Cache extends Forwarding implements AutoCloseable {
    private final AwsWrapperDataSource wrapper;
    private final DataSource below;

    Cache(AwsWrapperDataSource wrapper, DataSource below) {
      this.wrapper = wrapper;
      this.below = below;
    }

    @Override
    public Connection getConnection() throws SQLException {
      synchronized (Target.BELOW) {
        Target.BELOW.set(below);
        return wrapper.getConnection();
      }
    }

    /** The plugin has one map for the whole JVM: the next story is about another database. */
    @Override
    public void close() {
      DataLocalCacheConnectionPlugin.clearCache();
    }
  }
}
