package dev.larder.hibernate.internal.region;

import dev.larder.hibernate.internal.storage.RegionStore;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.cache.spi.support.QueryResultsRegionTemplate;

/** A region of query results. Thread-safe. */
final class QueryRegion extends QueryResultsRegionTemplate implements RegionStoreStatistics {

  private final QueryStorage storage;

  QueryRegion(String name, RegionFactory factory, QueryStorage storage) {
    super(name, factory, storage);
    this.storage = storage;
  }

  @Override
  public RegionStore store() {
    return storage.store();
  }
}
