package dev.larder.hibernate.internal.region;

import org.hibernate.cache.cfg.spi.CollectionDataCachingConfig;
import org.hibernate.cache.spi.CacheKeysFactory;
import org.hibernate.cache.spi.DomainDataRegion;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.cache.spi.access.SoftLock;
import org.hibernate.cache.spi.support.AbstractCollectionDataAccess;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * A collection's elements, by its owner. Thread-safe. All access types alike: Hibernate never puts
 * what it has written of a collection, and what it has locked is never served.
 */
final class CollectionAccess extends AbstractCollectionDataAccess implements Slotted {

  private final AccessType type;
  private final Slots slots;

  CollectionAccess(
      DomainDataRegion region,
      CacheKeysFactory keys,
      ShelfStorage storage,
      CollectionDataCachingConfig config,
      AccessType type,
      Slots slots) {
    super(region, keys, storage, config);
    this.type = type;
    this.slots = slots;
  }

  @Override
  public AccessType getAccessType() {
    return type;
  }

  @Override
  public @Nullable Object get(SharedSessionContractImplementor session, Object key) {
    return slots.get(session, key);
  }

  @Override
  public boolean putFromLoad(
      SharedSessionContractImplementor session,
      Object key,
      Object value,
      @Nullable Object version) {
    return slots.putLoaded(session, key, value, false);
  }

  @Override
  public boolean putFromLoad(
      SharedSessionContractImplementor session,
      Object key,
      Object value,
      @Nullable Object version,
      boolean minimalPutOverride) {
    return slots.putLoaded(session, key, value, minimalPutOverride);
  }

  @Override
  public SoftLock lockItem(
      SharedSessionContractImplementor session, Object key, @Nullable Object version) {
    return slots.lock(session, key);
  }

  @Override
  public void unlockItem(
      SharedSessionContractImplementor session, Object key, @Nullable SoftLock lock) {
    slots.unlock(lock);
  }

  @Override
  public void remove(SharedSessionContractImplementor session, Object key) {
    slots.remove(session, key);
  }

  @Override
  public void removeAll(SharedSessionContractImplementor session) {
    slots.removeAll(session);
  }

  @Override
  public SoftLock lockRegion() {
    return slots.lockRegion();
  }

  @Override
  public void unlockRegion(@Nullable SoftLock lock) {
    slots.unlockRegion(lock);
  }

  @Override
  public boolean contains(Object key) {
    return slots.contains(key);
  }

  @Override
  public void evict(Object key) {
    slots.evict(key);
  }

  @Override
  public void evictAll() {
    slots.evictAll();
  }

  @Override
  public Slots slots() {
    return slots;
  }
}
