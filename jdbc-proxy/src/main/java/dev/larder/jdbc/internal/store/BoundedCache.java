package dev.larder.jdbc.internal.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Weigher;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A cache bounded by weight, for what is known of a text. Thread-safe; a look-up takes no lock. */
public final class BoundedCache<K extends Object, V extends Object> {

  private final Cache<K, V> entries;

  public BoundedCache(long maxWeight, Weigher<K, V> weigher) {
    this(maxWeight, weigher, value -> {});
  }

  /**
   * @param removed is told of each value that is no longer held
   */
  public BoundedCache(long maxWeight, Weigher<K, V> weigher, Consumer<V> removed) {
    this.entries =
        Caffeine.newBuilder()
            .maximumWeight(maxWeight)
            .weigher(weigher)
            .removalListener(
                (@Nullable K key, @Nullable V value, RemovalCause cause) -> {
                  if (value != null) {
                    removed.accept(value);
                  }
                })
            .build();
  }

  public @Nullable V find(K key) {
    return entries.getIfPresent(key);
  }

  public void put(K key, V value) {
    entries.put(key, value);
  }

  public void clear() {
    entries.invalidateAll();
  }
}
