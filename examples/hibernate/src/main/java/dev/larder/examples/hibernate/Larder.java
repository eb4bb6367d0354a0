package dev.larder.examples.hibernate;

import dev.larder.hibernate.SecondLevelCache;
import dev.larder.jdbc.LarderDataSource;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;

/** The jars, by Hibernate. Thread-safe. */
final class Larder implements AutoCloseable {

  private final LarderDataSource dataSource;
  private final SessionFactory factory;

  Larder(DataSource below) {
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    settings.setProperty("larder.admission", "always");
    dataSource = LarderDataSource.wrap(below, settings);
    StandardServiceRegistryBuilder hibernate =
        new StandardServiceRegistryBuilder()
            .applySetting("hibernate.connection.datasource", dataSource)
            .applySetting("hibernate.cache.region.factory_class", "larder")
            .applySetting("hibernate.cache.use_query_cache", "true")
            .applySetting("hibernate.generate_statistics", "true")
            .applySetting("hibernate.hbm2ddl.auto", "create");
    factory =
        new MetadataSources(hibernate.build())
            .addAnnotatedClass(Jar.class)
            .buildMetadata()
            .buildSessionFactory();
  }

  void put(Jar jar) {
    factory.inTransaction(session -> session.persist(jar));
  }

  int spoons(long id) {
    return factory.fromTransaction(session -> session.find(Jar.class, id).getSpoons());
  }

  void spoons(long id, int spoons) {
    factory.inTransaction(session -> session.find(Jar.class, id).setSpoons(spoons));
  }

  List<String> nearlyEmpty() {
    return factory.fromTransaction(
        session ->
            session
                .createQuery("select content from Jar where spoons < 5 order by id", String.class)
                .setCacheable(true)
                .getResultList());
  }

  void inTransaction(Consumer<Session> work) {
    factory.inTransaction(work::accept);
  }

  /** Somebody wrote past this JVM's DataSource. */
  void changedElsewhere() {
    SecondLevelCache.of(factory).invalidation().table("jar");
  }

  /** How many statements Hibernate has prepared so far. */
  long statements() {
    return factory.getStatistics().getPrepareStatementCount();
  }

  @Override
  public void close() {
    factory.close();
    dataSource.close();
  }
}
