package dev.larder.hibernate;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.stat.CacheRegionStatistics;

/** A session factory over the model, and what the tests ask of it. */
public final class Library implements AutoCloseable {

  public final SessionFactory factory;
  private final AutoCloseable below;

  private Library(SessionFactory factory, AutoCloseable below) {
    this.factory = factory;
    this.below = below;
  }

  /** Over Larder, with nobody else writing. */
  public static Library overLarder(TestDatabase database) {
    return overLarder(database, "this-jvm", Map.of());
  }

  public static Library overLarder(
      TestDatabase database, String writers, Map<String, Object> more) {
    Properties settings = new Properties();
    settings.setProperty("larder.writers", writers);
    settings.setProperty("larder.max-staleness", "1s");
    LarderDataSource dataSource = LarderDataSource.wrap(database.dataSource(), settings);
    return over(dataSource, dataSource, more, Model.ENTITIES);
  }

  /**
   * Over any DataSource.
   *
   * @param below closed with the library
   */
  public static Library over(
      DataSource dataSource,
      AutoCloseable below,
      Map<String, Object> more,
      List<Class<?>> entities) {
    return new Library(open(dataSource, more, entities), below);
  }

  /** Over the driver's own DataSource. */
  public static Library alone(TestDatabase database, Map<String, Object> more) {
    return new Library(open(database.dataSource(), more, Model.ENTITIES), () -> {});
  }

  public static SessionFactory open(
      DataSource dataSource, Map<String, Object> more, List<Class<?>> entities) {
    StandardServiceRegistry registry =
        new StandardServiceRegistryBuilder()
            .applySetting("hibernate.cache.region.factory_class", "larder")
            .applySetting("hibernate.cache.use_query_cache", "true")
            .applySetting("hibernate.generate_statistics", "true")
            .applySetting("hibernate.connection.datasource", dataSource)
            .applySettings(Map.copyOf(more))
            .build();
    try {
      MetadataSources sources = new MetadataSources(registry);
      entities.forEach(sources::addAnnotatedClass);
      return sources.buildMetadata().buildSessionFactory();
    } catch (RuntimeException e) {
      StandardServiceRegistryBuilder.destroy(registry);
      throw e;
    }
  }

  public LarderDataSource larder() {
    return (LarderDataSource) below;
  }

  public <T> T read(Function<Session, T> work) {
    return factory.fromTransaction(work::apply);
  }

  public void write(Consumer<Session> work) {
    factory.inTransaction(work::accept);
  }

  public String title(long id) {
    return read(session -> session.find(Model.Book.class, id).title);
  }

  public int price(long id) {
    return read(session -> session.find(Model.Book.class, id).price);
  }

  public List<String> titles(String hql) {
    return read(
        session -> session.createQuery(hql, String.class).setCacheable(true).getResultList());
  }

  /** How often a read of a region was answered from it since the last time this was asked. */
  public long hits(String region) {
    return statistics(region).getHitCount();
  }

  public CacheRegionStatistics statistics(String region) {
    CacheRegionStatistics found = factory.getStatistics().getCacheRegionStatistics(region);
    if (found == null) {
      throw new IllegalArgumentException("no region " + region);
    }
    return found;
  }

  /** Whether the read is answered from the region. */
  public boolean isHit(String region, Runnable read) {
    long before = hits(region);
    read.run();
    return hits(region) > before;
  }

  public boolean bookIsHit(long id) {
    return isHit("book", () -> title(id));
  }

  /** Reads until the read is answered from the region. */
  public void keep(String region, Runnable read) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!isHit(region, read)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("nothing is kept in " + region);
      }
    }
  }

  /** Has all books in memory. */
  public void warm() {
    for (long id = 1; id <= 3; id++) {
      long book = id;
      keep("book", () -> title(book));
    }
  }

  @Override
  public void close() throws Exception {
    factory.close();
    below.close();
  }
}
