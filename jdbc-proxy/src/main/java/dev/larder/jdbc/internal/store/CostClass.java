package dev.larder.jdbc.internal.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The answers of which a hit saves about the same for each byte. Thread-safe. */
final class CostClass {

  /** So many of the latest evictions are known by their hashes; older ones would not fit anyway. */
  private static final int REMEMBERED = 2_048;

  /** Evictions are remembered that so much more room would have spared. */
  private static final int PART = 8;

  private static final int LEAST_REMEMBERED = 16;

  final Cache<CacheKey, Entry> entries;

  /** What the entries weigh; Caffeine's own sum takes a lock. */
  private final LongAdder bytes = new LongAdder();

  private final LongAdder count = new LongAdder();

  /** Database time that more room would have saved lately. Racy, as it is an estimate. */
  private double wouldHaveSaved;

  /** An eviction: the hash of its key and which it was. */
  private record Eviction(int hash, long number) {}

  /** By hash, and racy too; null while nothing was evicted. */
  private @Nullable Eviction @Nullable [] latest;

  private long evictions;

  private long maximum;

  /**
   * @param released is told of each key that is held no more
   */
  CostClass(long maximum, Consumer<CacheKey> released, Runnable onEviction) {
    this.maximum = maximum;
    this.entries =
        Caffeine.newBuilder()
            .maximumWeight(maximum)
            .executor(Runnable::run)
            .weigher((CacheKey key, Entry entry) -> weight(key, entry))
            .removalListener(
                (@Nullable CacheKey key, @Nullable Entry entry, RemovalCause cause) ->
                    removed(key, entry, released))
            .evictionListener(
                (key, entry, cause) -> {
                  if (key != null && cause == RemovalCause.SIZE) {
                    remember(key);
                  }
                  onEviction.run();
                })
            .build();
  }

  private void removed(@Nullable CacheKey key, @Nullable Entry entry, Consumer<CacheKey> released) {
    if (key != null && entry != null) {
      bytes.add(-weight(key, entry));
      count.decrement();
      released.accept(key);
    }
  }

  void put(CacheKey key, Entry entry) {
    bytes.add(weight(key, entry));
    count.increment();
    entries.put(key, entry);
  }

  /** Whether it was put, as there was no other for the key. */
  boolean putIfAbsent(CacheKey key, Entry entry) {
    bytes.add(weight(key, entry));
    count.increment();
    boolean put = entries.asMap().putIfAbsent(key, entry) == null;
    if (!put) {
      bytes.add(-weight(key, entry));
      count.decrement();
    }
    return put;
  }

  private void remember(CacheKey key) {
    @Nullable Eviction[] all = latest;
    if (all == null) {
      all = new Eviction[REMEMBERED];
      latest = all;
    }
    all[slot(key)] = new Eviction(key.hashCode(), ++evictions);
  }

  /** A key that is put was asked for in vain: perhaps it was evicted just now. */
  void missed(CacheKey key, long nanos) {
    @Nullable Eviction[] all = latest;
    Eviction eviction = all == null ? null : all[slot(key)];
    if (all != null
        && eviction != null
        && eviction.hash() == key.hashCode()
        && evictions - eviction.number() <= Math.max(LEAST_REMEMBERED, count.sum() / PART)) {
      all[slot(key)] = null;
      wouldHaveSaved += nanos;
    }
  }

  /** Forgets every entry, and every eviction. */
  void clear() {
    entries.invalidateAll();
    latest = null;
  }

  private static int slot(CacheKey key) {
    int h = key.hashCode() * 0x9E3779B9;
    return (h ^ (h >>> 16)) & (REMEMBERED - 1);
  }

  /** The database time that another byte of room would have saved lately. */
  double savedPerByte() {
    return wouldHaveSaved / Math.max(1, maximum);
  }

  /** What was long ago says little of what comes. */
  void ages() {
    wouldHaveSaved /= 2;
  }

  long bytes() {
    return bytes.sum();
  }

  long maximum() {
    return maximum;
  }

  /** Takes as much room from now on; evicts what no longer fits. */
  void maximum(long limit) {
    if (limit != maximum) {
      maximum = limit;
      entries.policy().eviction().ifPresent(eviction -> eviction.setMaximum(limit));
    }
  }

  private static int weight(CacheKey key, Entry entry) {
    long bytes = key.bytes() + entry.bytes() + Entry.OVERHEAD;
    return (int) Math.min(Integer.MAX_VALUE, bytes);
  }
}
