package dev.larder.hibernate.internal.region;

import org.hibernate.cache.spi.CacheKeysFactory;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.cache.spi.access.NaturalIdDataAccess;
import org.hibernate.cache.spi.access.SoftLock;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** The ids of entities, by their natural ids. Thread-safe. */
final class NaturalIdAccess extends LarderDomainAccess implements NaturalIdDataAccess {

  private final WritePolicy written;

  NaturalIdAccess(
      DomainRegion region,
      CacheKeysFactory keys,
      AccessType type,
      DomainCacheAccess cache,
      String root) {
    super(region, keys, type, cache);
    this.written =
        new WritePolicy(type, cache, root, region.getSessionFactory(), region.storage().context());
  }

  @Override
  public Object generateCacheKey(
      Object values, EntityPersister root, SharedSessionContractImplementor session) {
    return keys.createNaturalIdKey(values, root, session);
  }

  @Override
  public Object getNaturalIdValues(Object key) {
    return keys.getNaturalIdValues(key);
  }

  @Override
  public boolean insert(SharedSessionContractImplementor session, Object key, Object value) {
    written.inserted(session, key);
    return false;
  }

  @Override
  public boolean afterInsert(SharedSessionContractImplementor session, Object key, Object value) {
    return written.afterInsertOf(session, key, keys.getNaturalIdValues(key), value);
  }

  @Override
  public boolean update(SharedSessionContractImplementor session, Object key, Object value) {
    written.updated();
    return false;
  }

  @Override
  public boolean afterUpdate(
      SharedSessionContractImplementor session, Object key, Object value, @Nullable SoftLock lock) {
    return written.afterUpdateOf(session, lock, keys.getNaturalIdValues(key), value);
  }
}
