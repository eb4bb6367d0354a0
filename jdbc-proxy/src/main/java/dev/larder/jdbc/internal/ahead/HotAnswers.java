package dev.larder.jdbc.internal.ahead;

import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.session.Fingerprint;
import dev.larder.jdbc.internal.store.AnswersAhead;
import dev.larder.jdbc.internal.store.CacheKey;
import dev.larder.jdbc.internal.store.Entry;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The answers that are asked for again after they were out of date, and those of them that were
 * loaded and wait. Bounded by number and by bytes. Thread-safe.
 *
 * <p>A hit comes nowhere near it: what was loaded waits here, and goes to the store with the first
 * caller that asks, so that it is known which was asked for at all.
 */
public final class HotAnswers implements AnswersAhead {

  static final int MOST = 4_096;

  /** Of the cache's bound, what these may hold: the store has so much less. */
  private static final int PART = 16;

  private static final int REMEMBERED = 2_048;

  /**
   * An answer that was found to be out of date just now.
   *
   * @param hash of its key
   * @param moved whether it had changed; else it was too old
   */
  private record Death(int hash, boolean moved, long readAtNanos) {

    /** Whether it was asked for again before it had been too old for as long as it had lived. */
    boolean isMissed(long maxAgeNanos) {
      return !moved && System.nanoTime() - readAtNanos <= 2 * maxAgeNanos;
    }
  }

  private final ConcurrentMap<CacheKey, HotAnswer> answers = new ConcurrentHashMap<>();
  private final AtomicLong bytes = new AtomicLong();
  private final long maxBytes;
  private final Counters counters;

  /** By hash. Racy: what is lost is noticed at the next time. */
  private final @Nullable Death[] deaths = new Death[REMEMBERED];

  private volatile boolean full;
  private volatile boolean closed;

  public HotAnswers(long cacheBytes, Counters counters) {
    this.maxBytes = partOf(cacheBytes);
    this.counters = counters;
  }

  /** What of a cache's bound is theirs. */
  public static long partOf(long cacheBytes) {
    return cacheBytes / PART;
  }

  @Override
  public void outOfDate(CacheKey key, Entry entry) {
    Fingerprint session = key.fingerprint();
    if (!closed
        && session.isPlain()
        && session.readsPlainly()
        && entry.bytes() <= maxBytes / 4
        && !answers.containsKey(key)) {
      deaths[slot(key)] =
          new Death(key.hashCode(), !entry.stamp().isCurrent(), entry.readAtNanos());
    }
  }

  private static int slot(CacheKey key) {
    int h = key.hashCode() * 0x9E3779B9;
    return (h ^ (h >>> 16)) & (REMEMBERED - 1);
  }

  /**
   * A caller's own load is kept.
   *
   * @param key frozen
   */
  public void loaded(CacheKey key, Entry entry, Asked asked) {
    HotAnswer known = answers.get(key);
    if (known != null) {
      known.loaded(entry, asked.maxAgeNanos());
      return;
    }
    Death death = deaths[slot(key)];
    if (death == null || death.hash() != key.hashCode()) {
      return;
    }
    deaths[slot(key)] = null;
    // Without parameters nobody knows any more whether ? was an operator or prepared away.
    boolean ambiguous = key.parameters().isEmpty() && asked.text().sql().indexOf('?') >= 0;
    if (!ambiguous) {
      begin(new HotAnswer(key, asked, entry), death.isMissed(asked.maxAgeNanos()));
    }
  }

  private void begin(HotAnswer answer, boolean trusted) {
    if (closed || answers.size() >= MOST || bytes.get() + answer.bytes() > maxBytes) {
      full = true;
      return;
    }
    if (trusted) {
      answer.trust();
    }
    if (answers.putIfAbsent(answer.key(), answer) == null) {
      bytes.addAndGet(answer.bytes());
      if (closed) {
        clear();
      }
    }
  }

  /** An answer was loaded that nobody has asked for yet. */
  public void loadedAhead(CacheKey key, Entry entry) {
    counters.refreshed.increment();
    HotAnswer answer = answers.get(key);
    if (answer == null || closed) {
      counters.refreshedInVain.increment();
      return;
    }
    if (bytes.get() + entry.bytes() > maxBytes) {
      full = true;
      answer.refused();
      counters.refreshedInVain.increment();
      return;
    }
    bytes.addAndGet(entry.bytes());
    Entry before = answer.waits(entry);
    if (before != null) {
      lost(before);
    }
    if (answers.get(key) != answer) {
      lost(answer.empty());
    }
  }

  /** What waited does so no longer, and nobody has asked for it. */
  private void lost(@Nullable Entry entry) {
    if (entry != null) {
      bytes.addAndGet(-entry.bytes());
      counters.refreshedInVain.increment();
    }
  }

  @Override
  public boolean handOver(CacheKey key, long maxAgeNanos, BiConsumer<CacheKey, Entry> store) {
    HotAnswer answer = answers.get(key);
    if (answer == null) {
      return false;
    }
    Entry entry = answer.handOver(maxAgeNanos);
    if (entry != null) {
      bytes.addAndGet(-entry.bytes());
      counters.refreshedUsed.increment();
      store.accept(answer.key(), entry);
    }
    return true;
  }

  /** Those that there are now. */
  Collection<HotAnswer> all() {
    return answers.values();
  }

  /** Lets go of what waits for one in vain. */
  void tidy(HotAnswer answer, long maxAgeNanos) {
    lost(answer.inVain(maxAgeNanos));
  }

  /** Lets go of one. */
  void forget(HotAnswer answer) {
    if (answers.remove(answer.key(), answer)) {
      bytes.addAndGet(-answer.bytes());
      lost(answer.empty());
    }
  }

  /** Whether there was no room for one lately; asking says no again until the next time. */
  boolean wasFull() {
    boolean was = full;
    full = false;
    return was;
  }

  /** How many bytes they hold, by estimate. */
  public long bytes() {
    return bytes.get();
  }

  @Override
  public void clear() {
    answers.values().forEach(this::forget);
  }

  /** Lets go of all, and takes none any more. */
  public void close() {
    closed = true;
    clear();
  }
}
