package dev.larder.conformance;

import java.sql.Connection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;

/**
 * Hibernate's query cache: every SELECT that does not lock is a native query marked cacheable, and
 * everything else is JDBC through {@code doWork}.
 */
final class HibernateQueryCache implements Subject {

  private static final AtomicInteger COUNTER = new AtomicInteger();

  @Override
  public String name() {
    return "Hibernate query cache";
  }

  @Override
  public DataSource above(Below below) {
    StandardServiceRegistry registry =
        new StandardServiceRegistryBuilder()
            .applySettings(
                Map.of(
                    "hibernate.connection.datasource", below.dataSource(),
                    "hibernate.connection.handling_mode", "DELAYED_ACQUISITION_AND_HOLD",
                    "hibernate.cache.use_query_cache", "true",
                    "hibernate.cache.use_second_level_cache", "true",
                    "hibernate.cache.region.factory_class", "jcache",
                    "hibernate.javax.cache.provider",
                        "com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider",
                    "hibernate.javax.cache.missing_cache_strategy", "create",
                    // Factories of one JVM would share their regions otherwise.
                    "hibernate.cache.region_prefix", "region" + COUNTER.incrementAndGet()))
            .build();
    return new Cache(new MetadataSources(registry).buildMetadata().buildSessionFactory());
  }

  private static final class Cache extends Forwarding implements AutoCloseable {
    private final SessionFactory factory;

    Cache(SessionFactory factory) {
      this.factory = factory;
    }

    @Override
    public Connection getConnection() {
      return new SessionConnection(factory.openSession()).asJdbc();
    }

    @Override
    public void close() {
      factory.getCache().evictAllRegions();
      factory.close();
    }
  }
}
