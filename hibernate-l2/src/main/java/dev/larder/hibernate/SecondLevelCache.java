package dev.larder.hibernate;

import dev.larder.hibernate.internal.region.LarderRegionFactory;
import dev.larder.invalidation.Invalidation;
import jakarta.persistence.EntityManagerFactory;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.engine.spi.SessionFactoryImplementor;

/**
 * The second-level cache of one session factory: what an application asks and tells it beyond
 * Hibernate's own {@code Cache}. Thread-safe.
 */
public final class SecondLevelCache {

  private final LarderRegionFactory regions;

  private SecondLevelCache(LarderRegionFactory regions) {
    this.regions = regions;
  }

  /**
   * The cache of a session factory.
   *
   * @throws IllegalArgumentException if it is configured with another cache, or with none
   */
  public static SecondLevelCache of(EntityManagerFactory factory) {
    RegionFactory found =
        factory.unwrap(SessionFactoryImplementor.class).getCache().getRegionFactory();
    if (found instanceof LarderRegionFactory regions) {
      return new SecondLevelCache(regions);
    }
    throw new IllegalArgumentException(
        "the session factory's second-level cache is " + found.getClass().getName());
  }

  /**
   * The hooks by which an application says what was changed behind Hibernate's back. Above a {@code
   * LarderDataSource} they are the DataSource's own, and forget its answers too.
   *
   * @throws IllegalStateException if the database could not be reached yet
   */
  public Invalidation invalidation() {
    return regions.link().invalidation();
  }

  /**
   * Whether a {@code LarderDataSource} below sees every statement, so that nothing needs to be
   * announced that this JVM writes.
   */
  public boolean seesEveryStatement() {
    return regions.link().isShared();
  }
}
