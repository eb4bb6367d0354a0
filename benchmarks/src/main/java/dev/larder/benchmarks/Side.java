package dev.larder.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Statistics;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.jspecify.annotations.Nullable;
import software.amazon.jdbc.ds.AwsWrapperDataSource;

/** What stands between a benchmark and the driver. Each is a HikariCP pool and what it says. */
public enum Side {
  /** The pool alone. */
  HIKARI("HikariCP"),
  /** The pool, wrapped in Larder, which keeps every answer that it can. */
  LARDER("Larder"),
  /** The pool, wrapped in Larder as it is by default: it keeps the answers that pay. */
  LARDER_MEASURED("Larder by measure"),
  /** The pool, wrapped in datasource-proxy without any listener: what forwarding alone costs. */
  DATASOURCE_PROXY("ds-proxy"),
  /**
   * The pool above AWS's wrapper with its {@code dataCache} plug-in. The plug-in looks only at
   * texts given to {@code Statement.executeQuery}; a PreparedStatement through it reaches the
   * database.
   */
  AWS_DATA_CACHE("AWS cache");

  private final String title;

  Side(String title) {
    this.title = title;
  }

  /** For the head of a column. */
  String title() {
    return title;
  }

  private static final int CONNECTIONS = 10;

  /** As many threads as read at once may find nothing in memory when they begin. */
  private static final int FIRST_READS = 32;

  /** A DataSource and the pool below it. Thread-safe; closed by one thread. */
  record Opened(DataSource dataSource, HikariDataSource pool, @Nullable LarderDataSource larder)
      implements AutoCloseable {

    /** Larder itself; only where it is Larder's side. */
    LarderDataSource requireLarder() {
      if (larder == null) {
        throw new IllegalStateException("not through Larder");
      }
      return larder;
    }

    /** A figure for hits must be one of hits; does nothing where there is no Larder. */
    void requireHits() {
      Statistics counted = larder == null ? Statistics.NONE : larder.statistics();
      long others = counted.misses() + sum(counted.bypasses());
      if (larder != null && (counted.hits() == 0 || others > FIRST_READS)) {
        throw new IllegalStateException("not answered from memory: " + counted);
      }
    }

    /** A figure for misses must be one of answers that were stored. */
    void requireStoredMisses() {
      Statistics counted = larder == null ? Statistics.NONE : larder.statistics();
      if (counted.hits() > 0
          || counted.stores() < counted.misses()
          || sum(counted.bypasses()) > 0) {
        throw new IllegalStateException("not all stored as misses: " + counted);
      }
    }

    private static long sum(Map<BypassReason, Long> counts) {
      return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void close() {
      if (larder != null) {
        larder.close();
      }
      pool.close();
    }
  }

  Opened open(Target target) {
    return open(target, new Properties());
  }

  /**
   * @param settings for Larder, on top of those that all benchmarks have
   */
  Opened open(Target target, Properties settings) {
    return open(target, settings, CONNECTIONS);
  }

  /**
   * @param settings for Larder, on top of those that all benchmarks have
   * @param connections of the pool, at most
   */
  Opened open(Target target, Properties settings, int connections) {
    HikariConfig config = this == AWS_DATA_CACHE ? aws(target) : plain(target);
    config.setMaximumPoolSize(connections);
    HikariDataSource pool = new HikariDataSource(config);
    return switch (this) {
      case HIKARI, AWS_DATA_CACHE -> new Opened(pool, pool, null);
      case DATASOURCE_PROXY -> new Opened(ProxyDataSourceBuilder.create(pool).build(), pool, null);
      case LARDER, LARDER_MEASURED -> {
        Properties all = new Properties();
        all.setProperty("larder.admission", this == LARDER ? "always" : "measured");
        all.setProperty("larder.writers", "this-jvm");
        // A parser that has just been loaded may need longer than usual on a busy machine.
        all.setProperty("larder.analysis.timeout", "30s");
        all.putAll(settings);
        LarderDataSource larder = LarderDataSource.wrap(pool, all);
        yield new Opened(larder, pool, larder);
      }
    };
  }

  private static HikariConfig plain(Target target) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(target.url());
    config.setUsername(target.username());
    config.setPassword(target.password());
    return config;
  }

  private static HikariConfig aws(Target target) {
    Properties properties = new Properties();
    properties.setProperty("wrapperPlugins", "dataCache");
    properties.setProperty("dataCacheTriggerCondition", "(?s).*");
    properties.setProperty("wrapperDialect", "pg");
    AwsWrapperDataSource wrapper = new AwsWrapperDataSource();
    wrapper.setJdbcUrl(target.url().replaceFirst("^jdbc:", "jdbc:aws-wrapper:"));
    wrapper.setUser(target.username());
    wrapper.setPassword(target.password());
    wrapper.setTargetDataSourceProperties(properties);
    HikariConfig config = new HikariConfig();
    config.setDataSource(wrapper);
    return config;
  }
}
