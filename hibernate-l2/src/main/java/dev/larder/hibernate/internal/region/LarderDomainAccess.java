package dev.larder.hibernate.internal.region;

import org.hibernate.cache.spi.CacheKeysFactory;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.cache.spi.access.SoftLock;
import org.hibernate.cache.spi.support.AbstractCachedDomainDataAccess;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * What the accesses to entities, collections and natural ids answer alike: how values go in and out
 * of {@link DomainCacheAccess}. Thread-safe.
 */
public abstract class LarderDomainAccess extends AbstractCachedDomainDataAccess {

  final CacheKeysFactory keys;
  private final AccessType type;
  private final DomainCacheAccess cache;

  LarderDomainAccess(
      DomainRegion region, CacheKeysFactory keys, AccessType type, DomainCacheAccess cache) {
    super(region, region.storage());
    this.keys = keys;
    this.type = type;
    this.cache = cache;
  }

  public final DomainCacheAccess cache() {
    return cache;
  }

  @Override
  public final AccessType getAccessType() {
    return type;
  }

  @Override
  public final @Nullable Object get(SharedSessionContractImplementor session, Object key) {
    return isHidden(session) ? null : cache.get(session, key);
  }

  /** Whether only the database can tell what this session may see. */
  boolean isHidden(SharedSessionContractImplementor session) {
    return false;
  }

  @Override
  public final boolean putFromLoad(
      SharedSessionContractImplementor session,
      Object key,
      Object value,
      @Nullable Object version) {
    return cache.putLoaded(session, key, value, false);
  }

  @Override
  public final boolean putFromLoad(
      SharedSessionContractImplementor session,
      Object key,
      Object value,
      @Nullable Object version,
      boolean minimalPutOverride) {
    return cache.putLoaded(session, key, value, minimalPutOverride);
  }

  @Override
  public SoftLock lockItem(
      SharedSessionContractImplementor session, Object key, @Nullable Object version) {
    return cache.lock(session, key);
  }

  @Override
  public final void unlockItem(
      SharedSessionContractImplementor session, Object key, @Nullable SoftLock lock) {
    cache.unlock(lock);
  }

  @Override
  public final void remove(SharedSessionContractImplementor session, Object key) {
    cache.remove(session, key);
  }

  @Override
  public final void removeAll(SharedSessionContractImplementor session) {
    cache.removeAll(session);
  }

  @Override
  public final SoftLock lockRegion() {
    return cache.lockRegion();
  }

  @Override
  public final void unlockRegion(@Nullable SoftLock lock) {
    cache.unlockRegion(lock);
  }

  @Override
  public final boolean contains(Object key) {
    return cache.contains(key);
  }

  @Override
  public final void evict(Object key) {
    cache.evict(key);
  }

  @Override
  public final void evictAll() {
    cache.evictAll();
  }
}
