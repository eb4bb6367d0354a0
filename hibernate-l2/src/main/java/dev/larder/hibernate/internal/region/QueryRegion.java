package dev.larder.hibernate.internal.region;

import org.hibernate.cache.spi.ExtendedStatisticsSupport;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.cache.spi.support.QueryResultsRegionTemplate;
import org.hibernate.stat.CacheRegionStatistics;

/** A region of query results. Thread-safe. */
final class QueryRegion extends QueryResultsRegionTemplate implements ExtendedStatisticsSupport {

  private final QueryStorage storage;

  QueryRegion(String name, RegionFactory factory, QueryStorage storage) {
    super(name, factory, storage);
    this.storage = storage;
  }

  @Override
  public long getElementCountInMemory() {
    return storage.shelf().size();
  }

  @Override
  public long getElementCountOnDisk() {
    return CacheRegionStatistics.NO_EXTENDED_STAT_SUPPORT_RETURN;
  }

  @Override
  public long getSizeInMemory() {
    long bytes = storage.shelf().bytes();
    return bytes < 0 ? CacheRegionStatistics.NO_EXTENDED_STAT_SUPPORT_RETURN : bytes;
  }
}
