package dev.larder.jdbc.internal.admission;

import dev.larder.invalidation.ledger.Stamp;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Keys of answers that were not kept, each with the stamp that its answer would have had: whoever
 * asks for one of them again would have been answered from memory. A sample of all keys. Guarded by
 * its owner's lock.
 */
final class GhostList {

  /*
   * The sample is one of keys and not of executions, or no key would be met twice. It is halved
   * whenever keys crowd each other out, so that however many there are, those of the sample are
   * remembered for as long as a store of all of them would do.
   */

  private static final int SLOTS = 128;
  private static final int MOST_HALVINGS = 12;

  /** That many look-ups without one of the sample, for one of so many, are no chance. */
  private static final int UNSAMPLED = 8;

  /** So many that are crowded out of so many that come are too many. */
  private static final int CROWDED = SLOTS / 4;

  private record Ghost(long hash, Stamp stamp, long askedAtNanos) {}

  private final AtomicInteger room;
  private @Nullable Ghost @Nullable [] slots;
  private int crowdedOut;
  private volatile int halvings;

  /** Look-ups since one was of the sample; some are not counted, as threads share it. */
  private int unsampled;

  /**
   * @param room how many ghosts may still be made, of all lists that share it
   */
  GhostList(AtomicInteger room) {
    this.room = room;
  }

  /** Whether a key is of the sample. */
  boolean samples(long hash) {
    // A shift by all bits would be none.
    return hash >>> (Long.SIZE - 1 - halvings) >>> 1 == 0;
  }

  /**
   * Whether a key that is asked for is of the sample, or the sample too small: the keys that are
   * asked for now may be few, and none of them in it.
   */
  boolean wants(long hash) {
    if (samples(hash)) {
      unsampled = 0;
      return true;
    }
    return ++unsampled > UNSAMPLED << halvings;
  }

  /** Makes the sample larger where it has become too small. */
  void widen() {
    if (halvings > 0 && unsampled > UNSAMPLED << halvings) {
      halvings--;
      unsampled = 0;
      crowdedOut = 0;
    }
  }

  /** How many executions one of the sample stands for. */
  int scale() {
    return 1 << halvings;
  }

  /** Whether the key was asked for before, and its answer would still be current. */
  boolean knows(long hash, long maxAgeNanos, long now) {
    Ghost ghost = at(hash);
    return ghost != null
        && ghost.hash == hash
        && ghost.stamp.isCurrent()
        && (maxAgeNanos == Long.MAX_VALUE || now - ghost.askedAtNanos <= maxAgeNanos);
  }

  /** Remembers a key of the sample. */
  void add(long hash, Stamp stamp, long now) {
    @Nullable Ghost[] all = slots;
    if (all == null) {
      all = new Ghost[SLOTS];
      slots = all;
    }
    Ghost before = all[slot(hash)];
    if (before == null && room.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
      return;
    }
    all[slot(hash)] = new Ghost(hash, stamp, now);
    if (before != null && before.hash != hash && ++crowdedOut > CROWDED) {
      halve(all);
    }
  }

  private void halve(@Nullable Ghost[] all) {
    crowdedOut = 0;
    if (halvings == MOST_HALVINGS) {
      return;
    }
    halvings++;
    for (Ghost ghost : all.clone()) {
      if (ghost != null && !samples(ghost.hash)) {
        remove(ghost.hash);
      }
    }
  }

  /** Forgets a key: its answer is kept now. */
  void remove(long hash) {
    @Nullable Ghost[] all = slots;
    Ghost ghost = at(hash);
    if (all != null && ghost != null && ghost.hash == hash) {
      all[slot(hash)] = null;
      room.incrementAndGet();
    }
  }

  /** Forgets all of them; how small the sample is stays known. */
  void clear() {
    @Nullable Ghost[] all = slots;
    if (all != null) {
      room.addAndGet((int) Arrays.stream(all).filter(ghost -> ghost != null).count());
      slots = null;
    }
    crowdedOut = 0;
  }

  private @Nullable Ghost at(long hash) {
    @Nullable Ghost[] all = slots;
    return all == null ? null : all[slot(hash)];
  }

  private static int slot(long hash) {
    return (int) (hash & (SLOTS - 1));
  }
}
