package dev.larder.hibernate.internal.region;

import dev.larder.hibernate.internal.storage.Shelf;
import org.hibernate.cache.spi.support.StorageAccess;

/** A shelf as Hibernate's templates see it. Implementations are thread-safe. */
abstract class ShelfStorage implements StorageAccess {

  final Shelf shelf;

  ShelfStorage(Shelf shelf) {
    this.shelf = shelf;
  }

  final Shelf shelf() {
    return shelf;
  }

  @Override
  public final boolean contains(Object key) {
    return shelf.contains(key);
  }

  @Override
  public final void evictData() {
    shelf.clear();
  }

  @Override
  public final void evictData(Object key) {
    shelf.evict(key);
  }

  @Override
  public final void release() {
    shelf.clear();
  }
}
