package dev.larder.hibernate.internal.storage;

import java.util.concurrent.atomic.AtomicBoolean;
import org.hibernate.cache.spi.access.SoftLock;

/**
 * A write to one key that is under way: nothing is put for the key until it is released.
 * Thread-safe; releasing it twice is harmless.
 */
public final class ItemLock implements SoftLock {

  final RegionStore store;
  final Object key;
  final int index;
  final long lockedAtNanos = System.nanoTime();
  private final AtomicBoolean released = new AtomicBoolean();
  volatile long word;

  ItemLock(RegionStore store, Object key, int index) {
    this.store = store;
    this.key = key;
    this.index = index;
  }

  /** What is locked. */
  public Object key() {
    return key;
  }

  boolean take() {
    return released.compareAndSet(false, true);
  }

  /** Lets the key be put again, by loads that begin from now on. */
  public void release() {
    store.unlock(this);
  }
}
