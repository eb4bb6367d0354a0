package dev.larder.hibernate;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
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

/** A session factory over tables of a database, and what the tests ask of it. */
public final class Library implements AutoCloseable {

  public final TestDatabase database;
  public final SessionFactory factory;
  private final DataSource dataSource;
  private final List<AutoCloseable> below;

  private Library(Setup setup, DataSource dataSource, List<AutoCloseable> below) {
    this.database = setup.database;
    this.dataSource = dataSource;
    this.below = below;
    this.factory = setup.factory(dataSource);
  }

  /** What a library is opened with; the model's entities unless it says otherwise. */
  public static final class Setup {

    private final TestDatabase database;
    private final boolean own;
    private final Properties settings = new Properties();
    private final Map<String, Object> properties = new HashMap<>();
    private List<Class<?>> entities = Model.ENTITIES;

    private Setup(TestDatabase database, boolean own) {
      this.database = database;
      this.own = own;
      settings.setProperty("larder.writers", "this-jvm");
      settings.setProperty("larder.admission", "always");
      properties.put("hibernate.cache.region.factory_class", "larder");
      properties.put("hibernate.cache.use_query_cache", "true");
      properties.put("hibernate.generate_statistics", "true");
    }

    /** A setting of the LarderDataSource's. */
    public Setup larder(String setting, String value) {
      settings.setProperty(setting, value);
      return this;
    }

    /** A property of the session factory's. */
    public Setup hibernate(String property, Object value) {
      properties.put(property, value);
      return this;
    }

    public Setup entities(Class<?>... instead) {
      entities = List.of(instead);
      return this;
    }

    /** Over Larder, with nobody else writing unless a setting says so. */
    public Library overLarder() {
      LarderDataSource dataSource =
          LarderDataSource.builder()
              .url(database.url())
              .username(database.username())
              .password(database.password())
              .settings(settings)
              .build();
      return over(dataSource, dataSource);
    }

    /** Over the driver's own DataSource. */
    public Library alone() {
      return over(database.dataSource(), () -> {});
    }

    /**
     * @param below closed with the library
     */
    public Library over(DataSource dataSource, AutoCloseable below) {
      return new Library(this, dataSource, own ? List.of(below, database::close) : List.of(below));
    }

    private SessionFactory factory(DataSource dataSource) {
      StandardServiceRegistry registry =
          new StandardServiceRegistryBuilder()
              .applySetting("hibernate.connection.datasource", dataSource)
              .applySettings(properties)
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
  }

  /** In a new database, which is closed with the library, after these statements. */
  public static Setup in(TestDatabase database, String[]... statements) {
    for (String[] each : statements) {
      database.execute(each);
    }
    return new Setup(database, true);
  }

  /** In the same database as another library, which is closed later. */
  public Setup another() {
    return new Setup(database, false);
  }

  public LarderDataSource larder() {
    return (LarderDataSource) dataSource;
  }

  /** Past Hibernate, on the DataSource that it is over. */
  public void run(String... statements) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
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
    for (AutoCloseable each : below) {
      each.close();
    }
  }
}
