package dev.larder.jdbc.internal.prefetch;

import dev.larder.jdbc.internal.memory.HeapSize;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.store.AnswersAhead;
import dev.larder.jdbc.internal.store.CacheKey;
import dev.larder.jdbc.internal.store.Entry;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/**
 * The answers that were loaded because somebody was about to ask for them. They wait beside the
 * memory for some seconds. Bounded by number and by bytes. Thread-safe.
 */
public final class WaitingAnswers implements AnswersAhead {

  private static final int MOST = 4_096;

  /** Of the cache's bound, what these may hold: the other answers have so much less. */
  private static final int PART = 16;

  private static final long OVERHEAD =
      HeapSize.HASH_NODE + HeapSize.object(4 * HeapSize.REFERENCE + 2 * Long.BYTES);

  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private record Waiting(CacheKey key, Entry entry, Expectation why, long bytes) {}

  private final ConcurrentMap<CacheKey, Waiting> answers = new ConcurrentHashMap<>();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong nextLookAt = new AtomicLong(System.nanoTime());
  private final long maxBytes;
  private final Counters counters;
  private volatile boolean closed;

  public WaitingAnswers(long cacheBytes, Counters counters) {
    this.maxBytes = partOf(cacheBytes);
    this.counters = counters;
  }

  /** What of a cache's bound is theirs. */
  public static long partOf(long cacheBytes) {
    return cacheBytes / PART;
  }

  /** How many bytes they may hold. */
  public long maxBytes() {
    return maxBytes;
  }

  /** How many bytes more there is room for. */
  public long room() {
    return closed || answers.size() >= MOST ? 0 : Math.max(0, maxBytes - bytes.get());
  }

  /** Whether the answer for a key waits. */
  public boolean has(CacheKey key) {
    return answers.containsKey(key);
  }

  /** An answer was loaded; the key must be frozen. */
  public void put(CacheKey frozen, Entry entry, Expectation why) {
    Waiting waiting = new Waiting(frozen, entry, why, frozen.bytes() + entry.bytes() + OVERHEAD);
    counters.prefetched.increment();
    why.waits();
    if (waiting.bytes() > room() || answers.putIfAbsent(frozen, waiting) != null) {
      ended(waiting, false);
      return;
    }
    bytes.addAndGet(waiting.bytes());
    if (closed) {
      lost(waiting);
    }
  }

  /** All of a statement's answers are here. */
  public void complete(Batch batch) {
    batch.complete();
  }

  @Override
  public void outOfDate(CacheKey key, Entry entry) {
    // That an answer was asked for again says nothing of what is asked for next.
  }

  @Override
  public boolean handOver(CacheKey key, long maxAgeNanos, BiConsumer<CacheKey, Entry> store) {
    if (answers.isEmpty()) {
      return false;
    }
    tidy();
    Waiting waiting = answers.remove(key);
    if (waiting == null) {
      return false;
    }
    bytes.addAndGet(-waiting.bytes());
    boolean holds = waiting.entry().isCurrent(maxAgeNanos);
    ended(waiting, holds);
    if (holds) {
      store.accept(waiting.key(), waiting.entry());
    }
    return holds;
  }

  private void ended(Waiting waiting, boolean used) {
    (used ? counters.prefetchedUsed : counters.prefetchedInVain).increment();
    waiting.why().ended(used);
  }

  /** Nobody has asked for it. */
  private void lost(Waiting waiting) {
    if (answers.remove(waiting.key(), waiting)) {
      bytes.addAndGet(-waiting.bytes());
      ended(waiting, false);
    }
  }

  /** Lets go of what was not asked for in time, or is out of date. */
  void tidy() {
    long now = System.nanoTime();
    long next = nextLookAt.get();
    if (now - next >= 0 && nextLookAt.compareAndSet(next, now + LOOK_NANOS)) {
      for (Waiting each : answers.values()) {
        if (!each.entry().isCurrent(LONGEST_NANOS)) {
          lost(each);
        }
      }
    }
  }

  /** How many bytes they hold, by estimate. */
  public long bytes() {
    return bytes.get();
  }

  @Override
  public void clear() {
    answers.values().forEach(this::lost);
  }

  /** Lets go of all, and takes none any more. */
  public void close() {
    closed = true;
    clear();
  }
}
