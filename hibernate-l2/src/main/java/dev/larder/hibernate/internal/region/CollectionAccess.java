package dev.larder.hibernate.internal.region;

import org.hibernate.cache.spi.CacheKeysFactory;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.cache.spi.access.CollectionDataAccess;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.persister.collection.CollectionPersister;
import org.jspecify.annotations.Nullable;

/**
 * A collection's elements, by its owner. Thread-safe. All access types alike: Hibernate never puts
 * what it has written of a collection, and what it has locked is never served.
 */
final class CollectionAccess extends LarderDomainAccess implements CollectionDataAccess {

  CollectionAccess(
      DomainRegion region, CacheKeysFactory keys, AccessType type, DomainCacheAccess cache) {
    super(region, keys, type, cache);
  }

  @Override
  public Object generateCacheKey(
      Object id,
      CollectionPersister collection,
      SessionFactoryImplementor factory,
      @Nullable String tenant) {
    return keys.createCollectionKey(id, collection, factory, tenant);
  }

  @Override
  public Object getCacheKeyId(Object key) {
    return keys.getCollectionId(key);
  }
}
