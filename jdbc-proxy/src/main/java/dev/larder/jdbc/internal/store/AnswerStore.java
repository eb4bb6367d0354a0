package dev.larder.jdbc.internal.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.larder.jdbc.internal.observe.Counters;
import org.jspecify.annotations.Nullable;

/** Answers in memory, bounded by bytes. Thread-safe; a look-up takes no lock. */
public final class AnswerStore {

  /** What Caffeine keeps for an entry beside the key and the value. */
  private static final long ENTRY_OVERHEAD = 120;

  private final Cache<CacheKey, Entry> entries;
  private final Counters counters;

  public AnswerStore(long maxBytes, Counters counters) {
    this.counters = counters;
    this.entries =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .executor(Runnable::run)
            .weigher((CacheKey key, Entry entry) -> weight(key, entry))
            .evictionListener((key, entry, cause) -> counters.evictions.increment())
            .build();
  }

  /**
   * The answer for a key if it still holds, or null. One that no longer holds is dropped in
   * passing.
   */
  public @Nullable Entry find(CacheKey key, long maxAgeNanos) {
    Entry entry = entries.getIfPresent(key);
    if (entry == null || entry.isCurrent(maxAgeNanos)) {
      return entry;
    }
    if (entries.asMap().remove(key, entry)) {
      counters.invalidated.increment();
    }
    return null;
  }

  /** Keeps an answer; the key must be frozen. */
  public void put(CacheKey frozen, Entry entry) {
    entries.put(frozen, entry);
    counters.stores.increment();
  }

  /** Forgets an answer, unless another has taken its place. */
  public void drop(CacheKey key, Entry entry) {
    entries.asMap().remove(key, entry);
  }

  public void clear() {
    entries.invalidateAll();
  }

  public long entries() {
    return entries.estimatedSize();
  }

  /** How many bytes the answers, their keys and the bookkeeping hold, by estimate. */
  public long bytes() {
    return entries.policy().eviction().map(e -> e.weightedSize().orElse(0)).orElse(0L);
  }

  private static int weight(CacheKey key, Entry entry) {
    long bytes = key.bytes() + entry.snapshot().bytes() + ENTRY_OVERHEAD;
    return (int) Math.min(Integer.MAX_VALUE, bytes);
  }
}
