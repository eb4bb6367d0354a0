package dev.larder.jdbc.internal.pool;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Tells DataSources that pool from those that open a connection for each call. Stateless and
 * thread-safe.
 *
 * <p>JDBC has no question for this, so the pools in use are known by name; looking through the
 * wrappers that Spring puts around them, which pool nothing themselves.
 */
final class PooledDataSources {

  private static final Set<String> POOLS =
      Set.of(
          "com.zaxxer.hikari.HikariDataSource",
          "org.apache.tomcat.jdbc.pool.DataSourceProxy",
          "org.apache.tomcat.dbcp.dbcp2.BasicDataSource",
          "org.apache.tomcat.dbcp.dbcp2.PoolingDataSource",
          "org.apache.tomcat.dbcp.dbcp2.datasources.InstanceKeyDataSource",
          "org.apache.commons.dbcp2.BasicDataSource",
          "org.apache.commons.dbcp2.PoolingDataSource",
          "org.apache.commons.dbcp2.datasources.InstanceKeyDataSource",
          "org.apache.commons.dbcp.BasicDataSource",
          "com.mchange.v2.c3p0.PooledDataSource",
          "io.agroal.api.AgroalDataSource",
          "org.vibur.dbcp.ViburDataSource",
          "oracle.ucp.jdbc.PoolDataSource",
          "com.alibaba.druid.pool.DruidAbstractDataSource",
          "org.h2.jdbcx.JdbcConnectionPool",
          "org.mariadb.jdbc.MariaDbPoolDataSource",
          "org.postgresql.ds.PGPoolingDataSource",
          "com.ibm.websphere.rsadapter.WSDataSource",
          "org.jboss.jca.adapters.jdbc.WrapperDataSource",
          "org.jboss.as.connector.subsystems.datasources.WildFlyDataSource",
          "weblogic.jdbc.extensions.WLDataSource",
          "com.sun.gjc.spi.base.AbstractDataSource");

  private static final Set<String> WRAPPERS =
      Set.of("org.springframework.jdbc.datasource.DelegatingDataSource");

  private static final int DEEPEST = 16;

  private PooledDataSources() {}

  static boolean isPool(DataSource dataSource) {
    DataSource innermost = innermost(dataSource);
    return hasType(innermost.getClass(), POOLS) || hikari(dataSource) != null;
  }

  /** The HikariCP pool that this is or wraps, or null. */
  static @Nullable HikariDataSource hikari(DataSource dataSource) {
    DataSource innermost = innermost(dataSource);
    if (innermost instanceof HikariDataSource hikari) {
      return hikari;
    }
    try {
      return innermost.isWrapperFor(HikariDataSource.class)
          ? innermost.unwrap(HikariDataSource.class)
          : null;
    } catch (SQLException | RuntimeException | AbstractMethodError notSaid) {
      return null;
    }
  }

  /** Looks through wrappers that hand every call to the one DataSource they hold. */
  static DataSource innermost(DataSource dataSource) {
    DataSource current = dataSource;
    for (int depth = 0; depth < DEEPEST && hasType(current.getClass(), WRAPPERS); depth++) {
      DataSource target = target(current);
      if (target == null) {
        break;
      }
      current = target;
    }
    return current;
  }

  private static @Nullable DataSource target(DataSource wrapper) {
    try {
      return wrapper.getClass().getMethod("getTargetDataSource").invoke(wrapper)
              instanceof DataSource target
          ? target
          : null;
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException notSaid) {
      return null;
    }
  }

  /** Whether the class, one it extends or an interface of these has one of the names. */
  static boolean hasType(Class<?> type, Set<String> names) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      if (names.contains(c.getName())) {
        return true;
      }
      for (Class<?> implemented : c.getInterfaces()) {
        if (hasType(implemented, names)) {
          return true;
        }
      }
    }
    return false;
  }
}
