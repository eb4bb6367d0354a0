package dev.larder.benchmarks;

import java.sql.SQLException;
import java.util.List;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;

/** A second-level cache under Hibernate. */
public enum SecondLevel {
  /** Larder's region factory over Larder's DataSource. */
  LARDER_L2("larder", Side.LARDER),
  /**
   * Hibernate's own JCache region factory on Caffeine, over the pool. Its caches hold references
   * and have no bound: left to itself, Hibernate would create them by value, which serialises every
   * entry at every hit.
   */
  CAFFEINE_JCACHE("jcache", Side.HIKARI);

  private static final List<String> REGIONS =
      List.of(
          "shelf",
          "shelf.jars",
          "jar",
          "jar.code",
          "label",
          "count",
          "default-query-results-region",
          "default-update-timestamps-region");

  private final String region;
  private final Side side;

  SecondLevel(String region, Side side) {
    this.region = region;
    this.side = side;
  }

  /** A session factory and what is below it; closed by one thread. */
  record Opened(SessionFactory factory, Side.Opened below) implements AutoCloseable {

    DataSource dataSource() {
      return below.dataSource();
    }

    @Override
    public void close() {
      factory.close();
      below.close();
    }
  }

  Opened open(Target target) throws SQLException {
    SecondLevelModel.create(target);
    Side.Opened below = side.open(target);
    StandardServiceRegistryBuilder settings =
        new StandardServiceRegistryBuilder()
            .applySetting("hibernate.cache.region.factory_class", region)
            .applySetting("hibernate.cache.use_query_cache", "true")
            .applySetting("hibernate.cache.use_second_level_cache", "true")
            .applySetting("hibernate.javax.cache.missing_cache_strategy", "create")
            .applySetting("hibernate.generate_statistics", "true")
            .applySetting("hibernate.connection.datasource", below.dataSource());
    if (this == CAFFEINE_JCACHE) {
      settings.applySetting("hibernate.javax.cache.cache_manager", byReference());
    }
    MetadataSources sources = new MetadataSources(settings.build());
    SecondLevelModel.ENTITIES.forEach(sources::addAnnotatedClass);
    return new Opened(sources.buildMetadata().buildSessionFactory(), below);
  }

  private static CacheManager byReference() {
    CacheManager manager = Caching.getCachingProvider().getCacheManager();
    for (String region : REGIONS) {
      if (manager.getCache(region) == null) {
        manager.createCache(region, new MutableConfiguration<>().setStoreByValue(false));
      }
    }
    return manager;
  }
}
