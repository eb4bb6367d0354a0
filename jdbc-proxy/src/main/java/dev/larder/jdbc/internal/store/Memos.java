package dev.larder.jdbc.internal.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Weigher;
import java.util.function.Function;

/** A bounded memory for what is known of a text. Thread-safe; a look-up takes no lock. */
public final class Memos<K, V> {

  private final Cache<K, V> known;

  public Memos(long maxWeight, Weigher<K, V> weigher) {
    this.known = Caffeine.newBuilder().maximumWeight(maxWeight).weigher(weigher).build();
  }

  /** What is known of a key, worked out at the first sight and again when it was forgotten. */
  public V get(K key, Function<K, V> load) {
    V value = known.getIfPresent(key);
    // Loading outside of Caffeine's lock: a slow analysis must not hold up others of its bucket.
    if (value == null) {
      value = load.apply(key);
      known.put(key, value);
    }
    return value;
  }

  public void clear() {
    known.invalidateAll();
  }
}
