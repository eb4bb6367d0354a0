package dev.larder.hibernate.internal.storage;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.larder.invalidation.ledger.Stamp;
import dev.larder.invalidation.ledger.TrackedFootprint;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one region. Thread-safe; a look-up takes no lock, and a change locks nothing but
 * its own key's bin.
 */
public final class RegionStore {

  /*
   * A hit counts only if
   * - the stamp is current: nothing that Hibernate did not announce by key has changed the tables;
   * - the region was not cleared since;
   * - the database has held the state at least since the reader's position: a transaction never sees
   *   here what was committed after it began.
   * An entity action of Hibernate's locks its key before its statement is sent: the lock opens the
   * key's version and removes the entry in one atomic step of the map, and no load can put the key
   * while that is open. Releasing moves the version, so that loads which began before it cannot
   * put what they read either.
   */

  private final Cache<Object, Entry> entries;
  private final KeyVersions versions = new KeyVersions();
  private final AtomicLong region = new AtomicLong();
  private final LongSupplier clock;
  private final ToLongFunction<@Nullable TrackedFootprint> maxAgeNanos;
  private final boolean weighed;

  /**
   * @param clock draws a position after all that were drawn before
   * @param maxAgeNanos how old an entry with that footprint may be now; asked on every hit
   */
  public RegionStore(
      long maxEntries,
      OptionalLong maxBytes,
      LongSupplier clock,
      ToLongFunction<@Nullable TrackedFootprint> maxAgeNanos) {
    this.clock = clock;
    this.maxAgeNanos = maxAgeNanos;
    this.weighed = maxBytes.isPresent();
    this.entries =
        maxBytes.isPresent()
            ? Caffeine.newBuilder()
                .maximumWeight(maxBytes.getAsLong())
                .weigher((Object key, Entry entry) -> Weight.of(entry.value()))
                .build()
            : Caffeine.newBuilder().maximumSize(maxEntries).build();
  }

  /** The value that a reader which began at {@code position} may see, or null. */
  public @Nullable Object find(Object key, long position) {
    Entry entry = entries.getIfPresent(key);
    if (entry == null) {
      return null;
    }
    if (!isCurrent(entry)) {
      entries.asMap().remove(key, entry);
      return null;
    }
    return entry.since() <= position ? entry.value() : null;
  }

  private boolean isCurrent(Entry entry) {
    Stamp stamp = entry.stamp();
    return (stamp == null || stamp.isCurrent())
        && entry.region() == region.get()
        && isYoung(entry, maxAgeNanos.applyAsLong(stamp == null ? null : stamp.footprint()));
  }

  private static boolean isYoung(Entry entry, long nanos) {
    return nanos == Long.MAX_VALUE || System.nanoTime() - entry.readAtNanos() <= nanos;
  }

  /**
   * Puts what was loaded by a reader that began at {@code position}, unless it may be older than
   * the last change.
   */
  public boolean putLoaded(
      Object key, Object value, TrackedFootprint footprint, long position, long readAtNanos) {
    Stamp stamp = footprint.stamp();
    if (!footprint.unmovedSince(position)) {
      return false;
    }
    long moved = footprint.lastMove();
    int index = KeyVersions.indexOf(key);
    boolean[] put = new boolean[1];
    entries
        .asMap()
        .compute(
            key,
            (k, old) -> {
              long word = versions.word(index);
              long cleared = region.get();
              if (KeyVersions.isOpen(word)
                  || KeyVersions.version(word) > position
                  || KeyVersions.isOpen(cleared)
                  || KeyVersions.version(cleared) > position) {
                return old;
              }
              put[0] = true;
              long since = Math.min(position, Math.max(moved, KeyVersions.version(word)));
              return new Entry(value, stamp, cleared, since, readAtNanos);
            });
    return put[0];
  }

  /** Puts an answer whose stamp the caller has checked. */
  public void putAnswer(
      Object key, Object value, @Nullable Stamp stamp, long position, long readAtNanos) {
    long cleared = region.get();
    if (KeyVersions.version(cleared) <= position) {
      entries.put(key, new Entry(value, stamp, cleared, position, readAtNanos));
    }
  }

  /** Whether there is an entry that a reader which began now could see. */
  public boolean contains(Object key) {
    Entry entry = entries.asMap().get(key);
    return entry != null && isCurrent(entry);
  }

  /** Forgets a key and lets nobody put it until the lock is released. */
  public ItemLock lock(Object key) {
    ItemLock lock = new ItemLock(this, key, KeyVersions.indexOf(key));
    entries
        .asMap()
        .compute(
            key,
            (k, old) -> {
              lock.word = versions.open(lock.index, clock.getAsLong());
              return null;
            });
    return lock;
  }

  void unlock(ItemLock lock) {
    if (lock.take()) {
      versions.close(lock.index, clock.getAsLong());
    }
  }

  /**
   * Releases a lock and puts what was written under it, if nobody else has locked the key since and
   * nothing else has changed since {@code position}.
   */
  public boolean putWritten(
      ItemLock lock, Object value, TrackedFootprint footprint, long position) {
    Stamp stamp = footprint.stamp();
    boolean current = footprint.unmovedSince(position);
    boolean[] put = new boolean[1];
    if (!lock.take()) {
      return false;
    }
    entries
        .asMap()
        .compute(
            lock.key,
            (k, old) -> {
              boolean standalone =
                  versions.word(lock.index) == lock.word && KeyVersions.count(lock.word) == 1;
              long now = clock.getAsLong();
              versions.close(lock.index, now);
              long cleared = region.get();
              if (!standalone || !current || KeyVersions.isOpen(cleared)) {
                return null;
              }
              put[0] = true;
              return new Entry(value, stamp, cleared, now, lock.lockedAtNanos);
            });
    return put[0];
  }

  /** Forgets a key. */
  public void evict(Object key) {
    entries
        .asMap()
        .compute(
            key,
            (k, old) -> {
              versions.move(KeyVersions.indexOf(key), clock.getAsLong());
              return null;
            });
  }

  /** Forgets everything. */
  public void clear() {
    move(0);
  }

  /** Forgets everything and lets nobody put anything until {@link #openRegion()}. */
  public void closeRegion() {
    move(1);
  }

  /** Ends {@link #closeRegion()}. */
  public void openRegion() {
    move(-1);
  }

  private void move(int count) {
    long now = clock.getAsLong();
    region.updateAndGet(w -> KeyVersions.moved(w, now) | Math.max(0, KeyVersions.count(w) + count));
    entries.invalidateAll();
  }

  public long size() {
    return entries.asMap().size();
  }

  /** What the entries weigh, in bytes by estimate; unknown (-1) where they are not weighed. */
  public long bytes() {
    return weighed
        ? entries.policy().eviction().map(e -> e.weightedSize().orElse(-1)).orElse(-1L)
        : -1;
  }
}
