package dev.larder.jdbc.internal.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.larder.jdbc.internal.memory.HeapSize;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.session.Fingerprint;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Answers in memory, bounded by bytes. Thread-safe; a look-up takes no lock. */
public final class AnswerStore {

  /*
   * What a session has set may be larger than any answer, and any number of answers may share it.
   * So it is weighed once, beside the entries, and what it holds is taken off what the entries
   * may hold together: in steps, because Caffeine takes a lock for that.
   */

  /**
   * What is kept for an entry beside key, snapshot and stamp: the entry itself, and Caffeine's node
   * with key, value, two weights, the queue it is in and its neighbours there.
   */
  private static final long ENTRY_OVERHEAD =
      HeapSize.object(2 * HeapSize.REFERENCE + Long.BYTES)
          + HeapSize.object(4 * HeapSize.REFERENCE + 3 * Integer.BYTES)
          + HeapSize.HASH_NODE;

  private static final int STEPS = 64;

  private final SharedParts<Fingerprint> sessions = new SharedParts<>(Fingerprint::weight);

  /** What was taken off the entries' bound for the sessions. */
  private final AtomicLong takenOff = new AtomicLong();

  private final long maxBytes;
  private volatile boolean closed;
  private final Cache<CacheKey, Entry> entries;
  private final Counters counters;

  public AnswerStore(long maxBytes, Counters counters) {
    this.counters = counters;
    this.maxBytes = maxBytes;
    this.entries =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .executor(Runnable::run)
            .weigher((CacheKey key, Entry entry) -> weight(key, entry))
            .removalListener((key, entry, cause) -> released(key))
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
    if (closed) {
      return;
    }
    entries.put(frozen.withFingerprint(sessions.acquire(frozen.fingerprint())), entry);
    counters.stores.increment();
    leaveRoom();
    if (closed) {
      clear();
    }
  }

  private void released(@Nullable CacheKey key) {
    if (key != null) {
      sessions.release(key.fingerprint());
    }
  }

  private void leaveRoom() {
    long held = sessions.bytes();
    long known = takenOff.get();
    long step = Math.max(1, maxBytes / STEPS);
    if (held > known || known - held > 2 * step) {
      // Rounded up: both together never hold more than the bound.
      long room = Math.addExact(held, step - 1) / step * step;
      if (room != known && takenOff.compareAndSet(known, room)) {
        entries.policy().eviction().ifPresent(e -> e.setMaximum(Math.max(0, maxBytes - room)));
      }
    }
  }

  /** Forgets an answer, unless another has taken its place. */
  public void drop(CacheKey key, Entry entry) {
    entries.asMap().remove(key, entry);
  }

  public void clear() {
    entries.invalidateAll();
  }

  /** Forgets everything and keeps nothing any more. */
  public void close() {
    closed = true;
    clear();
  }

  public long entries() {
    return entries.estimatedSize();
  }

  /** How many bytes the answers, their keys and the bookkeeping hold, by estimate. */
  public long bytes() {
    return sessions.bytes()
        + entries.policy().eviction().map(e -> e.weightedSize().orElse(0)).orElse(0L);
  }

  private static int weight(CacheKey key, Entry entry) {
    long bytes = key.bytes() + entry.bytes() + ENTRY_OVERHEAD;
    return (int) Math.min(Integer.MAX_VALUE, bytes);
  }
}
