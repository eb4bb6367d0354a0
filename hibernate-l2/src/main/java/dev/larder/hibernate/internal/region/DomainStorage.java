package dev.larder.hibernate.internal.region;

import dev.larder.hibernate.internal.storage.RegionStore;
import org.hibernate.cache.spi.support.DomainDataStorageAccess;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * The store of entities, collections and natural ids. Thread-safe. Values go in and out by {@link
 * DomainCacheAccess}, which knows what they depend on; this is for management alone.
 */
final class DomainStorage extends RegionStoreAccess implements DomainDataStorageAccess {

  private final RegionContext context;

  DomainStorage(RegionStore store, RegionContext context) {
    super(store);
    this.context = context;
  }

  RegionContext context() {
    return context;
  }

  @Override
  public @Nullable Object getFromCache(Object key, SharedSessionContractImplementor session) {
    return null;
  }

  @Override
  public void putIntoCache(Object key, Object value, SharedSessionContractImplementor session) {
    store.evict(key);
  }
}
