package dev.larder.hibernate.internal.region;

import dev.larder.hibernate.internal.storage.Shelf;
import org.hibernate.cache.spi.support.DomainDataStorageAccess;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * The shelf as Hibernate's templates see it. Thread-safe. Values go in and out by {@link Slots},
 * which knows what they depend on; this is for management alone.
 */
final class ShelfStorage implements DomainDataStorageAccess {

  private final Shelf shelf;
  private final RegionContext context;

  ShelfStorage(Shelf shelf, RegionContext context) {
    this.shelf = shelf;
    this.context = context;
  }

  Shelf shelf() {
    return shelf;
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
    shelf.evict(key);
  }

  @Override
  public boolean contains(Object key) {
    return shelf.contains(key);
  }

  @Override
  public void evictData() {
    shelf.clear();
  }

  @Override
  public void evictData(Object key) {
    shelf.evict(key);
  }

  @Override
  public void release() {
    shelf.clear();
  }
}
