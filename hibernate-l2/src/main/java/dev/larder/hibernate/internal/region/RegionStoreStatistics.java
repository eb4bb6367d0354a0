package dev.larder.hibernate.internal.region;

import dev.larder.hibernate.internal.storage.RegionStore;
import org.hibernate.cache.spi.ExtendedStatisticsSupport;
import org.hibernate.stat.CacheRegionStatistics;

/** What a region reports of its store. Implementations are thread-safe. */
interface RegionStoreStatistics extends ExtendedStatisticsSupport {

  RegionStore store();

  @Override
  default long getElementCountInMemory() {
    return store().size();
  }

  @Override
  default long getElementCountOnDisk() {
    return CacheRegionStatistics.NO_EXTENDED_STAT_SUPPORT_RETURN;
  }

  @Override
  default long getSizeInMemory() {
    long bytes = store().bytes();
    return bytes < 0 ? CacheRegionStatistics.NO_EXTENDED_STAT_SUPPORT_RETURN : bytes;
  }
}
