package dev.larder.jdbc.internal.store;

import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.session.Fingerprint;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Answers in memory, bounded by bytes; where there is no room for all, those stay that are asked
 * for often and save the most database time for their size. Thread-safe; a look-up takes no lock.
 */
public final class AnswerStore {

  /*
   * What a session has set may be larger than any answer, and any number of answers may share it.
   * So it is weighed once, beside the entries, and what it holds is taken off what the entries
   * may hold together: in steps, because Caffeine takes a lock for that.
   */

  private static final int STEPS = 64;

  private final SharedParts<Fingerprint> sessions = new SharedParts<>(Fingerprint::weight);

  /** What was taken off the entries' bound for the sessions. */
  private final AtomicLong takenOff = new AtomicLong();

  private final long maxBytes;
  private volatile boolean closed;

  /** What was read before it is not kept any more; to begin with, before anything. */
  private volatile long keptSinceNanos = System.nanoTime() - Long.MAX_VALUE / 2;

  private final CostClass[] classes = new CostClass[LoadCost.CLASSES];
  private final Room room;
  private final Counters counters;
  private final ForgottenAnswers forgotten = new ForgottenAnswers();

  private final @Nullable AnswersAhead ahead;
  private final boolean keepsOld;

  public AnswerStore(long maxBytes, Counters counters) {
    this(maxBytes, counters, null, false);
  }

  /**
   * @param ahead answers that wait to be asked for; null where none are loaded ahead
   * @param keepsOld whether an answer that is only too old stays until another takes its place
   */
  public AnswerStore(
      long maxBytes, Counters counters, @Nullable AnswersAhead ahead, boolean keepsOld) {
    this.counters = counters;
    this.ahead = ahead;
    this.keepsOld = keepsOld;
    this.maxBytes = maxBytes;
    for (int i = 0; i < classes.length; i++) {
      classes[i] =
          new CostClass(
              maxBytes, key -> sessions.release(key.fingerprint()), counters.evictions::increment);
    }
    this.room = new Room(classes, maxBytes);
  }

  /**
   * The answer for a key if it still holds, or null. One that no longer holds is dropped in
   * passing.
   *
   * @param cost as it is known now; an answer that was put when its class was none that it knows of
   *     is not found
   */
  public @Nullable Entry find(CacheKey key, LoadCost cost, long maxAgeNanos) {
    CostClass within = classes[cost.costClass()];
    Entry entry = within.entries.getIfPresent(key);
    if (entry == null) {
      return findInFormerClasses(key, cost, maxAgeNanos);
    }
    if (entry.isCurrent(maxAgeNanos)) {
      return entry;
    }
    dropped(key, entry, within);
    return loadedAhead(key, cost, maxAgeNanos);
  }

  /**
   * What was put before the cost was known as it is now. It moves to the class that it belongs to
   * by now, or each of its hits would look in others first.
   */
  private @Nullable Entry findInFormerClasses(CacheKey key, LoadCost cost, long maxAgeNanos) {
    for (int left = cost.formerClasses(); left != 0; left &= left - 1) {
      CostClass former = classes[Integer.numberOfTrailingZeros(left)];
      Entry entry = former.entries.getIfPresent(key);
      if (entry != null && entry.isCurrent(maxAgeNanos)) {
        move(key.frozen(), entry, former, classes[cost.costClass()]);
        return entry;
      }
      if (entry != null) {
        dropped(key, entry, former);
      }
    }
    return loadedAhead(key, cost, maxAgeNanos);
  }

  private void move(CacheKey frozen, Entry entry, CostClass from, CostClass to) {
    // First there and then no longer here: whoever asks meanwhile finds it in one of them.
    CacheKey shared = shared(frozen);
    boolean moves = to.putIfAbsent(shared, entry);
    if (!moves) {
      sessions.release(shared.fingerprint());
    }
    boolean wasThere = from.entries.asMap().remove(frozen, entry);
    if (moves && !wasThere) {
      // Somebody has dropped it meanwhile.
      to.entries.asMap().remove(frozen, entry);
    }
    wasPut();
  }

  /** A key that holds no session of its own. */
  private CacheKey shared(CacheKey frozen) {
    return frozen.withFingerprint(sessions.acquire(frozen.fingerprint()));
  }

  /** Drops what no longer holds. */
  private void dropped(CacheKey key, Entry entry, CostClass within) {
    if (keepsOld && entry.stamp().isCurrent()) {
      if (ahead != null) {
        ahead.outOfDate(key, entry);
      }
      return;
    }
    if (within.entries.asMap().remove(key, entry)) {
      counters.invalidated.increment();
      forgotten.note(key.template(), entry.stamp());
      if (ahead != null) {
        ahead.outOfDate(key, entry);
      }
    }
  }

  /** The answer for a key if nothing that is known has changed, however old it is; or null. */
  public @Nullable Entry findPast(CacheKey key, LoadCost cost) {
    Entry entry = classes[cost.costClass()].entries.getIfPresent(key);
    for (int left = cost.formerClasses(); entry == null && left != 0; left &= left - 1) {
      entry = classes[Integer.numberOfTrailingZeros(left)].entries.getIfPresent(key);
    }
    return entry != null && entry.stamp().isCurrent() ? entry : null;
  }

  /** What was loaded before this caller asked; it is kept like any other answer from now on. */
  private @Nullable Entry loadedAhead(CacheKey key, LoadCost cost, long maxAgeNanos) {
    if (ahead == null
        || !ahead.handOver(key, maxAgeNanos, (frozen, entry) -> put(frozen, entry, cost))) {
      return null;
    }
    Entry entry = classes[cost.costClass()].entries.getIfPresent(key);
    return entry != null && entry.isCurrent(maxAgeNanos) ? entry : null;
  }

  /** Keeps an answer; the key must be frozen. */
  public void put(CacheKey frozen, Entry entry, LoadCost cost) {
    if (closed) {
      return;
    }
    CostClass within = classes[cost.costClass()];
    within.missed(frozen, cost.nanos());
    within.put(shared(frozen), entry);
    counters.stores.increment();
    wasPut();
    if (entry.readAtNanos() - keptSinceNanos <= 0) {
      drop(frozen, entry);
    }
  }

  private void wasPut() {
    room.wasTaken();
    leaveRoom();
    if (closed) {
      clear();
    }
  }

  private void leaveRoom() {
    long held = sessions.bytes();
    long known = takenOff.get();
    long step = Math.max(1, maxBytes / STEPS);
    if (held > known || known - held > 2 * step) {
      // Rounded up: both together never hold more than the bound.
      long taken = Math.addExact(held, step - 1) / step * step;
      if (taken != known && takenOff.compareAndSet(known, taken)) {
        room.total(Math.max(0, maxBytes - taken));
      }
    }
  }

  /** Forgets an answer, unless another has taken its place. */
  public void drop(CacheKey key, Entry entry) {
    if (!removed(key, entry)) {
      // It may have moved past the first look.
      removed(key, entry);
    }
  }

  private boolean removed(CacheKey key, Entry entry) {
    boolean any = false;
    for (CostClass each : classes) {
      any |= each.entries.asMap().remove(key, entry);
    }
    return any;
  }

  /**
   * Forgets the answers to some templates. What is being read now is not kept either, of any
   * template: it may be what is to be forgotten.
   *
   * @return how many there were
   */
  public long forget(Predicate<String> templates) {
    keptSinceNanos = System.nanoTime();
    Map<String, Boolean> asked = new HashMap<>();
    long forgot = 0;
    for (CostClass each : classes) {
      for (Map.Entry<CacheKey, Entry> answer : each.entries.asMap().entrySet()) {
        if (asked.computeIfAbsent(answer.getKey().template(), templates::test)) {
          drop(answer.getKey(), answer.getValue());
          forgot++;
        }
      }
    }
    return forgot;
  }

  public void clear() {
    for (CostClass each : classes) {
      each.clear();
    }
    if (ahead != null) {
      ahead.clear();
    }
  }

  /** Forgets everything and keeps nothing any more. */
  public void close() {
    closed = true;
    clear();
    forgotten.clear();
  }

  /** Why answers were out of date when they were looked for. */
  public ForgottenAnswers forgotten() {
    return forgotten;
  }

  /** Counts what is held; takes as long as looking at every answer, up to some number of them. */
  public Census census() {
    Census census = new Census();
    long all = Math.max(1, entries());
    for (CostClass each : classes) {
      long size = each.entries.estimatedSize();
      census.count(each, size, Math.max(1_000, Census.MOST_COUNTED * size / all));
    }
    return census;
  }

  public long entries() {
    long sum = 0;
    for (CostClass each : classes) {
      sum += each.entries.estimatedSize();
    }
    return sum;
  }

  /** How many bytes the answers, their keys and the bookkeeping hold, by estimate. */
  public long bytes() {
    long sum = sessions.bytes();
    for (CostClass each : classes) {
      sum += each.bytes();
    }
    return sum;
  }
}
