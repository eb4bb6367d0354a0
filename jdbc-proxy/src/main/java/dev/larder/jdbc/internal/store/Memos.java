package dev.larder.jdbc.internal.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Weigher;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A bounded memory for what is known of a text. Thread-safe; a look-up takes no lock. */
public final class Memos<K extends Object, V extends Object> {

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

  public @Nullable V find(K key) {
    return known.getIfPresent(key);
  }

  public void put(K key, V value) {
    known.put(key, value);
  }

  public void clear() {
    known.invalidateAll();
  }
}
