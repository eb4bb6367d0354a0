package dev.larder.benchmarks;

import dev.larder.benchmarks.SecondLevelModel.Jar;
import dev.larder.benchmarks.SecondLevelModel.Shelf;
import dev.larder.testkit.Product;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/**
 * Hibernate's second-level cache: hits in a session of their own, and one hot region under writes.
 *
 * <p>Run it with {@code mvn -Pbench -pl benchmarks -am -Dlarder.benchmarks.only=second-level.*}.
 */
public class SecondLevelBenchmark {

  private SecondLevelBenchmark() {}

  /** One hit each, session and all. */
  @State(Scope.Benchmark)
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  public static class Hits {

    @Param({"LARDER_L2", "CAFFEINE_JCACHE"})
    public SecondLevel cache = SecondLevel.LARDER_L2;

    private SecondLevel.Opened opened;
    private SessionFactory factory;

    @Setup
    public void open() throws SQLException {
      opened = cache.open(Target.of(Product.POSTGRESQL));
      factory = opened.factory();
      for (int i = 0; i < 20; i++) {
        entity();
        collection();
        query();
      }
      factory.getStatistics().clear();
    }

    /** A figure for hits must be one of hits. */
    @TearDown
    public void close() {
      long statements = factory.getStatistics().getPrepareStatementCount();
      opened.close();
      if (statements > 0) {
        throw new IllegalStateException(statements + " statements reached the database");
      }
    }

    @Benchmark
    public int entity() {
      try (Session session = factory.openSession()) {
        return session.find(Jar.class, 7L).amount;
      }
    }

    @Benchmark
    public int collection() {
      try (Session session = factory.openSession()) {
        return session.find(Shelf.class, 3L).jars.size();
      }
    }

    @Benchmark
    public List<String> query() {
      try (Session session = factory.openSession()) {
        return session
            .createQuery("select name from Jar where amount < :most", String.class)
            .setParameter("most", 20)
            .setCacheable(true)
            .getResultList();
      }
    }
  }

  /** Sixteen threads on a hundred entities of one region, one operation in ten an update. */
  @State(Scope.Benchmark)
  @BenchmarkMode(Mode.Throughput)
  @OutputTimeUnit(TimeUnit.SECONDS)
  @Threads(16)
  public static class HotRegion {

    @Param({"LARDER_L2", "CAFFEINE_JCACHE"})
    public SecondLevel cache = SecondLevel.LARDER_L2;

    private SecondLevel.Opened opened;
    private SessionFactory factory;

    @Setup
    public void open() throws SQLException {
      opened = cache.open(Target.of(Product.POSTGRESQL));
      factory = opened.factory();
    }

    @TearDown
    public void close() {
      opened.close();
    }

    @Benchmark
    public int readsAndUpdates() {
      ThreadLocalRandom random = ThreadLocalRandom.current();
      long id = 1 + random.nextInt(SecondLevelModel.JARS);
      return random.nextInt(10) == 0 ? update(id, random.nextInt()) : read(id);
    }

    private int read(long id) {
      try (Session session = factory.openSession()) {
        return session.find(Jar.class, id).amount;
      }
    }

    private int update(long id, int amount) {
      try (Session session = factory.openSession()) {
        session.beginTransaction();
        session.find(Jar.class, id).amount = amount;
        session.getTransaction().commit();
      } catch (PersistenceException lostTheRace) {
        return 0;
      }
      return amount;
    }
  }
}
