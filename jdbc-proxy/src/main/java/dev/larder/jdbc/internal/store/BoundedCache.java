package dev.larder.jdbc.internal.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Weigher;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A cache bounded by weight, for what is known of a text. Thread-safe; a look-up takes no lock. */
public final class BoundedCache<K extends Object, V extends Object> {

  /*
   * Caffeine would leave its work to ForkJoinPool.commonPool(), where a busy machine lets it wait
   * with every value that was removed. Done by the caller, what is cleared is free at once.
   */

  private final Cache<K, V> entries;

  public BoundedCache(long maxWeight, Weigher<K, V> weigher) {
    this.entries = bounded(maxWeight, weigher).build();
  }

  /**
   * @param removed is told of each value that is no longer held, by the thread that removed it
   */
  public BoundedCache(long maxWeight, Weigher<K, V> weigher, Consumer<V> removed) {
    this.entries =
        bounded(maxWeight, weigher)
            .removalListener(
                (@Nullable K key, @Nullable V value, RemovalCause cause) -> {
                  if (value != null) {
                    removed.accept(value);
                  }
                })
            .build();
  }

  private static <K extends Object, V extends Object> Caffeine<K, V> bounded(
      long maxWeight, Weigher<K, V> weigher) {
    return Caffeine.newBuilder().executor(Runnable::run).maximumWeight(maxWeight).weigher(weigher);
  }

  public @Nullable V find(K key) {
    return entries.getIfPresent(key);
  }

  public void put(K key, V value) {
    entries.put(key, value);
  }

  /** What it holds now, and what comes meanwhile. */
  public Iterable<V> values() {
    return entries.asMap().values();
  }

  public void clear() {
    entries.invalidateAll();
  }
}
