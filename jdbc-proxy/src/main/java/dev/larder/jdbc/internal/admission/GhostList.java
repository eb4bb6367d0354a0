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

  /** Each key may be in one of two, or a few would crowd each other out long before it is full. */
  private static final int SLOTS = 256;

  private static final int MOST_HALVINGS = 12;

  /** That many look-ups without one of the sample, for one of so many, are no chance. */
  private static final int UNSAMPLED = 8;

  /** So many look-ups of the sample tell whether it is too large: */
  private static final int LOOK_UPS = 128;

  /** ...where more than so many of them crowded another out. */
  private static final int CROWDED = LOOK_UPS / 4;

  private record Ghost(long hash, Stamp stamp, long askedAtNanos) {}

  private final AtomicInteger room;
  private @Nullable Ghost @Nullable [] slots;
  private int lookUps;
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
      lookUps = 0;
      crowdedOut = 0;
    }
  }

  /** How many executions one of the sample stands for. */
  int scale() {
    return 1 << halvings;
  }

  /** Whether the key was asked for before, and its answer would still be current. */
  boolean knows(long hash, long maxAgeNanos, long now) {
    if (++lookUps >= LOOK_UPS) {
      if (crowdedOut > CROWDED) {
        halve();
      }
      lookUps = 0;
      crowdedOut = 0;
    }
    Ghost ghost = at(hash);
    return ghost != null
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
    int slot = slotFor(all, hash);
    Ghost before = all[slot];
    if (before == null && room.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
      return;
    }
    all[slot] = new Ghost(hash, stamp, now);
    if (before != null && before.hash != hash) {
      crowdedOut++;
    }
  }

  /** Its own, or one that is free, or that of the key that was asked for longer ago. */
  private static int slotFor(@Nullable Ghost[] all, long hash) {
    int first = first(hash);
    int second = second(hash);
    Ghost there = all[first];
    Ghost other = all[second];
    if (there == null || there.hash == hash) {
      return first;
    }
    if (other == null || other.hash == hash) {
      return second;
    }
    return there.askedAtNanos - other.askedAtNanos <= 0 ? first : second;
  }

  private void halve() {
    @Nullable Ghost[] all = slots;
    if (all == null || halvings == MOST_HALVINGS) {
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
    if (all == null) {
      return;
    }
    for (int slot : new int[] {first(hash), second(hash)}) {
      Ghost ghost = all[slot];
      if (ghost != null && ghost.hash == hash) {
        all[slot] = null;
        room.incrementAndGet();
      }
    }
  }

  /** Forgets all of them; how small the sample is stays known. */
  void clear() {
    @Nullable Ghost[] all = slots;
    if (all != null) {
      room.addAndGet((int) Arrays.stream(all).filter(ghost -> ghost != null).count());
      slots = null;
    }
    lookUps = 0;
    crowdedOut = 0;
  }

  private @Nullable Ghost at(long hash) {
    @Nullable Ghost[] all = slots;
    if (all == null) {
      return null;
    }
    Ghost there = all[first(hash)];
    if (there == null || there.hash != hash) {
      there = all[second(hash)];
    }
    return there != null && there.hash == hash ? there : null;
  }

  private static int first(long hash) {
    return (int) (hash & (SLOTS - 1));
  }

  private static int second(long hash) {
    return (int) (hash >>> 16 & (SLOTS - 1));
  }
}
