package dev.larder.hibernate.internal.region;

import dev.larder.hibernate.internal.storage.RegionStore;
import org.hibernate.cache.spi.support.StorageAccess;

/** A region's store as Hibernate's templates see it. Implementations are thread-safe. */
abstract class RegionStoreAccess implements StorageAccess {

  final RegionStore store;

  RegionStoreAccess(RegionStore store) {
    this.store = store;
  }

  final RegionStore store() {
    return store;
  }

  @Override
  public final boolean contains(Object key) {
    return store.contains(key);
  }

  @Override
  public final void evictData() {
    store.clear();
  }

  @Override
  public final void evictData(Object key) {
    store.evict(key);
  }

  @Override
  public final void release() {
    store.clear();
  }
}
