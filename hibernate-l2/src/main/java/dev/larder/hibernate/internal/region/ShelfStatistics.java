package dev.larder.hibernate.internal.region;

import dev.larder.hibernate.internal.storage.Shelf;
import org.hibernate.cache.spi.ExtendedStatisticsSupport;
import org.hibernate.stat.CacheRegionStatistics;

/** What a region reports of its shelf. Implementations are thread-safe. */
interface ShelfStatistics extends ExtendedStatisticsSupport {

  Shelf shelf();

  @Override
  default long getElementCountInMemory() {
    return shelf().size();
  }

  @Override
  default long getElementCountOnDisk() {
    return CacheRegionStatistics.NO_EXTENDED_STAT_SUPPORT_RETURN;
  }

  @Override
  default long getSizeInMemory() {
    long bytes = shelf().bytes();
    return bytes < 0 ? CacheRegionStatistics.NO_EXTENDED_STAT_SUPPORT_RETURN : bytes;
  }
}
