package dev.larder.jdbc.internal.ahead;

import dev.larder.invalidation.ledger.Stamp;
import dev.larder.invalidation.ledger.TrackedFootprint;
import dev.larder.jdbc.internal.memory.HeapSize;
import dev.larder.jdbc.internal.planning.CachedStatement;
import dev.larder.jdbc.internal.store.CacheKey;
import dev.larder.jdbc.internal.store.Entry;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An answer that was asked for again after it had been out of date: what it takes to load it, and
 * whether that would be, or was, of use. Holds no rows but those that wait to be asked for.
 * Thread-safe.
 */
public final class HotAnswer {

  /*
   * Is a refresh of use? It is if somebody asks before the answer is out of date once more. While
   * the right to be refreshed is not earned, a stamp is taken where a refresh would have been made,
   * and if that is current when the next caller's own load is kept, a refresh would have been used.
   */

  /** What becomes of it when it is looked at. */
  enum State {
    /** Memory holds it, or what was loaded waits. */
    GOOD,
    /** It is out of date or soon too old, and is to be loaded. */
    DUE,
    /** A commit to what it depends on is under way: nothing that is loaded now could be kept. */
    CHANGING,
    /** It is out of date, and has not the right to be loaded. */
    LEFT,
    /** Nobody wants it any more. */
    UNWANTED
  }

  static final long OVERHEAD =
      HeapSize.object(10 * HeapSize.REFERENCE + 5 * Long.BYTES) + HeapSize.HASH_NODE + 160;

  /** Of the age that an answer may have, it is loaded at a random point of what comes after. */
  private static final double RENEWED_AFTER = 0.8;

  private final CacheKey key;
  private final CachedStatement text;
  private final TrackedFootprint footprint;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.

  private final Usefulness usefulness = new Usefulness();

  /** Of what memory holds. */
  private Stamp stamp;

  private long readAtNanos;

  /** Where in the last part of its life it is renewed: not all at the same time. */
  private double renewedAt = ThreadLocalRandom.current().nextDouble(RENEWED_AFTER, 1);

  /** What was loaded and waits; null while memory holds it. */
  private @Nullable Entry waiting;

  /** Taken where it would have been loaded. */
  private @Nullable Stamp thought;

  private long thoughtAtNanos;
  private long askedAtNanos;

  HotAnswer(CacheKey key, Asked asked, Entry entry) {
    this.key = key;
    this.text = asked.text();
    this.footprint = asked.footprint();
    this.stamp = entry.stamp();
    this.readAtNanos = entry.readAtNanos();
    this.askedAtNanos = System.nanoTime();
  }

  /** Its key, frozen. */
  public CacheKey key() {
    return key;
  }

  /** The text that was executed. */
  public CachedStatement text() {
    return text;
  }

  /** What it depends on. */
  public TrackedFootprint footprint() {
    return footprint;
  }

  /** What it holds without what waits. */
  long bytes() {
    return OVERHEAD + key.bytes() + HeapSize.string(text.sql().length()) + 2 * stamp.bytes();
  }

  /** It need not show first that loading it is of use. */
  void trust() {
    usefulness.trust();
  }

  /** A caller's own load of it is kept. */
  void loaded(Entry entry, long maxAgeNanos) {
    lock.lock();
    try {
      long now = System.nanoTime();
      Stamp before = thought;
      if (before != null) {
        boolean young = maxAgeNanos == Long.MAX_VALUE || now - thoughtAtNanos <= maxAgeNanos;
        judge(before.isCurrent() && young);
      }
      stands(entry, now);
    } finally {
      lock.unlock();
    }
  }

  private void judge(boolean used) {
    if (used) {
      usefulness.used();
    } else {
      usefulness.inVain();
    }
  }

  private void stands(Entry entry, long now) {
    stamp = entry.stamp();
    readAtNanos = entry.readAtNanos();
    renewedAt = ThreadLocalRandom.current().nextDouble(RENEWED_AFTER, 1);
    thought = null;
    askedAtNanos = now;
  }

  /** It was loaded, and waits from now on; what waited before, if any, does no longer. */
  @Nullable Entry waits(Entry entry) {
    lock.lock();
    try {
      Entry before = waiting;
      waiting = entry;
      thought = null;
      return before;
    } finally {
      lock.unlock();
    }
  }

  /** Gives up what waits, to a caller who wants nothing older; null where nothing of use waits. */
  @Nullable Entry handOver(long maxAgeNanos) {
    lock.lock();
    try {
      Entry entry = waiting;
      if (entry == null || !entry.isCurrent(maxAgeNanos)) {
        return null;
      }
      waiting = null;
      usefulness.used();
      stands(entry, System.nanoTime());
      return entry;
    } finally {
      lock.unlock();
    }
  }

  /** Gives up what waits for nobody any more; null where it does not. */
  @Nullable Entry inVain(long maxAgeNanos) {
    lock.lock();
    try {
      Entry entry = waiting;
      if (entry == null || entry.isCurrent(maxAgeNanos)) {
        return null;
      }
      waiting = null;
      usefulness.inVain();
      // As if it had been kept: it is out of date, and from here on only thought of.
      stamp = entry.stamp();
      readAtNanos = entry.readAtNanos();
      return entry;
    } finally {
      lock.unlock();
    }
  }

  /** What it held that waits, if it does; nothing waits afterwards. */
  @Nullable Entry empty() {
    lock.lock();
    try {
      Entry entry = waiting;
      waiting = null;
      return entry;
    } finally {
      lock.unlock();
    }
  }

  /** Loading it was not worth what it takes: the right has to be earned again. */
  void refused() {
    lock.lock();
    try {
      usefulness.inVain();
    } finally {
      lock.unlock();
    }
  }

  /** What is to be done for it now. */
  State look(long maxAgeNanos) {
    lock.lock();
    try {
      if (waiting != null) {
        return State.GOOD;
      }
      if (usefulness.isForgotten()) {
        return State.UNWANTED;
      }
      boolean moved = !stamp.isCurrent();
      long now = System.nanoTime();
      if (!moved && !isOld(now, maxAgeNanos)) {
        return State.GOOD;
      }
      Stamp here = footprint.stamp();
      if (here.wasOpen()) {
        return State.CHANGING;
      }
      if (usefulness.hasRight()) {
        return State.DUE;
      }
      return thinkOf(moved, here, now, maxAgeNanos);
    } finally {
      lock.unlock();
    }
  }

  /** When it is to be renewed for its age; {@link Long#MAX_VALUE} where that does not matter. */
  private long dueAt(long maxAgeNanos) {
    if (maxAgeNanos == Long.MAX_VALUE) {
      return Long.MAX_VALUE;
    }
    long from = waiting == null ? readAtNanos : waiting.readAtNanos();
    return from + (long) (maxAgeNanos * renewedAt);
  }

  private boolean isOld(long now, long maxAgeNanos) {
    return maxAgeNanos != Long.MAX_VALUE && now - dueAt(maxAgeNanos) >= 0;
  }

  /** How long it will not have to be renewed for its age. */
  long nanosUntilDue(long maxAgeNanos) {
    lock.lock();
    try {
      long due = dueAt(maxAgeNanos);
      return due == Long.MAX_VALUE ? due : due - System.nanoTime();
    } finally {
      lock.unlock();
    }
  }

  private State thinkOf(boolean moved, Stamp here, long now, long maxAgeNanos) {
    Stamp before = thought;
    if (before == null && moved) {
      thought = here;
      thoughtAtNanos = now;
    } else if (before == null) {
      // Too old soon, and nothing has moved: whoever asks in time shows that.
      thought = stamp;
      thoughtAtNanos = now;
    } else if (!before.isCurrent() || now - thoughtAtNanos > maxAgeNanos) {
      usefulness.inVain();
      thought = null;
    }
    return State.LEFT;
  }

  /** How long ago anybody asked for it and it had to be loaded, or it was given what waited. */
  long idleNanos() {
    lock.lock();
    try {
      return System.nanoTime() - askedAtNanos;
    } finally {
      lock.unlock();
    }
  }

  boolean hasRight() {
    lock.lock();
    try {
      return usefulness.hasRight();
    } finally {
      lock.unlock();
    }
  }
}
