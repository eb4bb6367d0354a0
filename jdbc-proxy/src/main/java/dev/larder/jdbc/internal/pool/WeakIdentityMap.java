package dev.larder.jdbc.internal.pool;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers something about objects for as long as they live, whatever their equals says.
 * Thread-safe.
 */
final class WeakIdentityMap<K, V> {
  private final ConcurrentMap<Object, V> values = new ConcurrentHashMap<>();
  private final ReferenceQueue<Object> collected = new ReferenceQueue<>();

  /** A key that equals every other key of the same object, and itself once that is gone. */
  private static final class WeakKey extends WeakReference<Object> {
    private final int hash;

    WeakKey(Object referent, ReferenceQueue<Object> queue) {
      super(referent, queue);
      this.hash = System.identityHashCode(referent);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      if (this == other) {
        return true;
      }
      Object mine = get();
      return mine != null
          && (other instanceof WeakKey key && key.get() == mine
              || other instanceof LookupKey lookup && lookup.referent == mine);
    }
  }

  /** A key for one look-up, which costs the garbage collector no reference. */
  private static final class LookupKey {
    private final Object referent;

    LookupKey(Object referent) {
      this.referent = referent;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(referent);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof LookupKey lookup
          ? lookup.referent == referent
          : other instanceof WeakKey key && key.get() == referent;
    }
  }

  @Nullable V get(K key) {
    return values.get(new LookupKey(key));
  }

  void put(K key, V value) {
    for (Reference<?> gone = collected.poll(); gone != null; gone = collected.poll()) {
      values.remove(gone);
    }
    values.put(new WeakKey(key, collected), value);
  }

  void remove(K key) {
    values.remove(new LookupKey(key));
  }

  int size() {
    return values.size();
  }
}
