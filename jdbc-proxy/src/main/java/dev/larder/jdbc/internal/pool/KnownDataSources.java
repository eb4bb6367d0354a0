package dev.larder.jdbc.internal.pool;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What is known of other people's DataSources. Stateless and thread-safe.
 *
 * <p>JDBC has no question for any of this, so classes are known by name. Of a class that is not
 * known the cautious answer is given: it is not plain.
 */
public final class KnownDataSources {

  /** Packages of drivers, whose DataSources open a connection for each call... */
  private static final List<String> DRIVERS =
      List.of(
          "org.postgresql.",
          "org.mariadb.jdbc.",
          "org.h2.jdbcx.",
          "com.mysql.cj.jdbc.",
          "oracle.jdbc.",
          "com.microsoft.sqlserver.jdbc.",
          "com.ibm.db2.jcc.",
          "org.hsqldb.jdbc.",
          "org.apache.derby.",
          "org.sqlite.",
          "com.impossibl.postgres.");

  /** ...except these, which pool. */
  private static final Set<String> POOLS_OF_DRIVERS =
      Set.of(
          "org.postgresql.ds.PGPoolingDataSource",
          "org.postgresql.jdbc2.optional.PoolingDataSource",
          "org.mariadb.jdbc.MariaDbPoolDataSource",
          "org.h2.jdbcx.JdbcConnectionPool",
          "oracle.jdbc.pool.OracleConnectionCacheImpl",
          "org.hsqldb.jdbc.JDBCPool");

  private static final Set<String> PLAIN =
      Set.of(
          "org.springframework.jdbc.datasource.DriverManagerDataSource",
          "org.springframework.jdbc.datasource.SimpleDriverDataSource");

  private static final Set<String> WRAPPERS =
      Set.of("org.springframework.jdbc.datasource.DelegatingDataSource");

  /** Classes whose connections depend on who asks, or are committed by somebody else. */
  private static final Map<String, String> CALLER_DEPENDENT =
      Map.of(
          "org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource",
          "it chooses a database for each caller",
          "com.baomidou.dynamic.datasource.ds.AbstractRoutingDataSource",
          "it chooses a database for each caller",
          "org.apache.shardingsphere.driver.jdbc.core.datasource.ShardingSphereDataSource",
          "it chooses a database for each statement",
          "org.springframework.jdbc.datasource.UserCredentialsDataSourceAdapter",
          "it chooses a user for each caller",
          "org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy",
          "its connections are committed without Larder seeing it",
          "org.springframework.jdbc.datasource.SingleConnectionDataSource",
          "its one connection is shared by everybody");

  private static final int DEEPEST = 16;

  private KnownDataSources() {}

  /** Whether it is known to open a connection for each call, the same for every caller. */
  static boolean isPlain(DataSource dataSource) {
    String name = dataSource.getClass().getName();
    return PLAIN.contains(name)
        || (!POOLS_OF_DRIVERS.contains(name) && DRIVERS.stream().anyMatch(name::startsWith));
  }

  /** The HikariCP pool that this is or wraps, or null. */
  static @Nullable HikariDataSource hikari(DataSource dataSource) {
    try {
      return dataSource.isWrapperFor(HikariDataSource.class)
          ? dataSource.unwrap(HikariDataSource.class)
          : null;
    } catch (SQLException | RuntimeException | AbstractMethodError notSaid) {
      return null;
    }
  }

  /**
   * Why answers read through this DataSource must not be shared between callers, as far as that can
   * be told from its class: what a connection of it reads depends on more than its own settings.
   */
  public static Optional<String> whyNoCaching(DataSource dataSource) {
    DataSource current = dataSource;
    for (int depth = 0; depth < DEEPEST && current != null; depth++) {
      String reason = reason(current.getClass());
      if (reason != null) {
        return Optional.of(
            "the wrapped DataSource is a " + current.getClass().getName() + ": " + reason);
      }
      current = target(current);
    }
    return Optional.empty();
  }

  private static @Nullable String reason(Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      String reason = CALLER_DEPENDENT.get(c.getName());
      if (reason != null) {
        return reason;
      }
    }
    return null;
  }

  private static @Nullable DataSource target(DataSource dataSource) {
    for (Class<?> c = dataSource.getClass(); c != null; c = c.getSuperclass()) {
      if (WRAPPERS.contains(c.getName())) {
        try {
          return c.getMethod("getTargetDataSource").invoke(dataSource) instanceof DataSource target
              ? target
              : null;
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
          return null;
        }
      }
    }
    return null;
  }
}
