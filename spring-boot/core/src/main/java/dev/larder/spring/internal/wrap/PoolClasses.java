package dev.larder.spring.internal.wrap;

import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The classes of DataSources that give every caller the same connections, so that Larder may stand
 * above them unasked. Stateless and thread-safe.
 */
final class PoolClasses {

  /*
   * By name, because none of them is a dependency, and never their subclasses: a pool that sets the
   * tenant of whoever asks is usually one. XA pools are missing, since others commit for them.
   */
  private static final Set<String> KNOWN =
      Set.of(
          "com.zaxxer.hikari.HikariDataSource",
          "org.apache.tomcat.jdbc.pool.DataSource",
          "org.apache.commons.dbcp2.BasicDataSource",
          "oracle.ucp.jdbc.PoolDataSourceImpl",
          "com.mchange.v2.c3p0.ComboPooledDataSource",
          "com.alibaba.druid.pool.DruidDataSource",
          "org.springframework.jdbc.datasource.DriverManagerDataSource",
          "org.springframework.jdbc.datasource.SimpleDriverDataSource",
          "org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseFactory$EmbeddedDataSourceProxy",
          "org.h2.jdbcx.JdbcConnectionPool");

  private static final List<String> DRIVERS =
      List.of("org.postgresql.ds.", "org.mariadb.jdbc.", "org.h2.jdbcx.JdbcDataSource");

  private PoolClasses() {}

  static boolean isKnown(DataSource dataSource) {
    String name = dataSource.getClass().getName();
    return KNOWN.contains(name) || DRIVERS.stream().anyMatch(name::startsWith);
  }
}
