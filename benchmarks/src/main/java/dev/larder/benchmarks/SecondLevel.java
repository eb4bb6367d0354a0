package dev.larder.benchmarks;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;

/** A second-level cache under Hibernate. */
public enum SecondLevel {
  /** Larder's region factory over Larder's DataSource. */
  LARDER_L2("larder", Side.LARDER),
  /** Hibernate's own JCache region factory on Caffeine, over the pool. */
  CAFFEINE_JCACHE("jcache", Side.HIKARI);

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
    MetadataSources sources = new MetadataSources(settings.build());
    SecondLevelModel.ENTITIES.forEach(sources::addAnnotatedClass);
    return new Opened(sources.buildMetadata().buildSessionFactory(), below);
  }
}
