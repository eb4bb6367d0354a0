package dev.larder.jdbc.internal.store;

import java.util.concurrent.locks.ReentrantLock;

/** The room that cost classes share: it goes to where a byte saves the most. Thread-safe. */
final class Room {

  /*
   * While not all of it is taken, each class may take what there is. Once it is, the room is parted
   * by what each class holds, and from then on moves in small steps from the class where another
   * byte saves least to the one where it saves most, until both are even: the greedy way to the
   * most saved database time. What another byte saves is told by answers that were asked for again
   * shortly after they had been evicted.
   */

  private static final int STEPS = 64;

  /** Taken means so many of the steps; back below the other, room is free again. */
  private static final int FULL = 60;

  private static final int FREE = 48;

  /** Puts between two steps. */
  private static final int PUTS = 128;

  /** Less is no difference. */
  private static final double WORTH_A_STEP = 1.1;

  private final CostClass[] classes;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock; read without it, where an old value does no harm.

  private volatile boolean full;
  private long total;
  private int puts;

  Room(CostClass[] classes, long total) {
    this.classes = classes;
    this.total = total;
  }

  /** There is more or less room in all from now on. */
  void total(long bytes) {
    lock.lock();
    try {
      long before = total;
      total = bytes;
      if (full && before > 0) {
        for (CostClass each : classes) {
          each.maximum((long) (each.maximum() * ((double) bytes / before)));
        }
      } else {
        full = false;
        arrange();
      }
    } finally {
      lock.unlock();
    }
  }

  /** An answer was put. */
  void wasTaken() {
    puts++;
    boolean due = full ? puts >= PUTS : held() >= total / STEPS * FULL;
    if (due && lock.tryLock()) {
      try {
        puts = 0;
        arrange();
      } finally {
        lock.unlock();
      }
    }
  }

  private long held() {
    long sum = 0;
    for (CostClass each : classes) {
      sum += each.bytes();
    }
    return sum;
  }

  private void arrange() {
    long held = held();
    if (full && held < total / STEPS * FREE) {
      full = false;
    }
    if (!full && held < total / STEPS * FULL) {
      for (CostClass each : classes) {
        each.maximum(total);
      }
    } else if (!full) {
      full = true;
      part(held);
    } else {
      move();
    }
  }

  /** By what each holds, and what is left by what is held. */
  private void part(long held) {
    for (CostClass each : classes) {
      each.maximum((long) (total * (each.bytes() / (double) Math.max(1, held))));
    }
  }

  private void move() {
    long step = Math.max(1, total / STEPS);
    CostClass to = null;
    CostClass from = null;
    for (CostClass each : classes) {
      if (to == null || each.savedPerByte() > to.savedPerByte()) {
        to = each;
      }
      if (each.maximum() > 0 && (from == null || each.savedPerByte() < from.savedPerByte())) {
        from = each;
      }
    }
    if (to != null
        && from != null
        && to != from
        && to.savedPerByte() > from.savedPerByte() * WORTH_A_STEP) {
      long moved = Math.min(step, from.maximum());
      from.maximum(from.maximum() - moved);
      to.maximum(to.maximum() + moved);
    }
    for (CostClass each : classes) {
      each.ages();
    }
  }
}
