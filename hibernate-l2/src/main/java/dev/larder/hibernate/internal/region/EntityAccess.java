package dev.larder.hibernate.internal.region;

import dev.larder.hibernate.internal.session.SessionState;
import org.hibernate.cache.spi.CacheKeysFactory;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.cache.spi.access.SoftLock;
import org.hibernate.cache.spi.support.AbstractEntityDataAccess;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/** The state of entities, by their id. Thread-safe. */
final class EntityAccess extends AbstractEntityDataAccess implements Slotted {

  private final AccessType type;
  private final Slots slots;
  private final Written written;

  EntityAccess(
      DomainRegion region,
      CacheKeysFactory keys,
      ShelfStorage storage,
      AccessType type,
      Slots slots,
      String root) {
    super(region, keys, storage);
    this.type = type;
    this.slots = slots;
    this.written = new Written(type, slots, root, region.getSessionFactory());
  }

  @Override
  public boolean insert(
      SharedSessionContractImplementor session,
      Object key,
      Object value,
      @Nullable Object version) {
    written.inserted(session, key);
    return false;
  }

  @Override
  public boolean afterInsert(
      SharedSessionContractImplementor session,
      Object key,
      Object value,
      @Nullable Object version) {
    return written.afterInsert(session, key, value);
  }

  @Override
  public boolean update(
      SharedSessionContractImplementor session,
      Object key,
      Object value,
      @Nullable Object currentVersion,
      @Nullable Object previousVersion) {
    written.updated();
    return false;
  }

  @Override
  public boolean afterUpdate(
      SharedSessionContractImplementor session,
      Object key,
      Object value,
      @Nullable Object currentVersion,
      @Nullable Object previousVersion,
      @Nullable SoftLock lock) {
    return written.afterUpdate(session, lock, value);
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
    SessionState.of(session).lockedForAction(getCacheKeyId(key));
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
