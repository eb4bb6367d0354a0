package dev.larder.jdbc.internal.store;

import java.util.concurrent.locks.ReentrantLock;

/** The room that cost classes share: it goes to where a byte saves the most. Thread-safe. */
final class Room {

  /*
   * While not all of it is taken, each class may take what there is. Once it is, the room is parted
   * by what each class holds, and from then on moves in small steps from the class where another
   * byte saves least to the one where it saves most. What another byte saves is told by answers
   * that were asked for again shortly after they had been evicted.
   */

  private static final int STEPS = 64;

  /** Taken means so many of the steps; back below the other, room is free again. */
  private static final int FULL = 60;

  private static final int FREE = 48;

  /** Puts between two steps. */
  private static final int PUTS = 128;

  /** Less is no difference. */
  private static final double WORTH_A_STEP = 2;

  /**
   * Of what it had when the room became full, which is its part by frequency alone, a class keeps
   * so much: for a tenth more saved time nobody is to lose the hits of what is cheap.
   */
  private static final double KEPT = 0.6;

  private final CostClass[] classes;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock; read without it, where an old value does no harm.

  private volatile boolean full;
  private long total;
  private final long[] least;
  private int puts;

  Room(CostClass[] classes, long total) {
    this.classes = classes;
    this.least = new long[classes.length];
    this.total = total;
  }

  /** There is more or less room in all from now on. */
  void total(long bytes) {
    lock.lock();
    try {
      long before = total;
      total = bytes;
      if (full && before > 0) {
        double by = (double) bytes / before;
        for (int i = 0; i < classes.length; i++) {
          classes[i].maximum((long) (classes[i].maximum() * by));
          least[i] = (long) (least[i] * by);
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
    for (int i = 0; i < classes.length; i++) {
      long part = (long) (total * (classes[i].bytes() / (double) Math.max(1, held)));
      classes[i].maximum(part);
      least[i] = (long) (part * KEPT);
    }
  }

  private void move() {
    long step = Math.max(1, total / STEPS);
    CostClass to = null;
    CostClass from = null;
    long takes = 0;
    for (int i = 0; i < classes.length; i++) {
      CostClass each = classes[i];
      if (to == null || each.savedPerByte() > to.savedPerByte()) {
        to = each;
      }
      if (each.maximum() > least[i]
          && (from == null || each.savedPerByte() < from.savedPerByte())) {
        from = each;
        takes = Math.min(step, each.maximum() - least[i]);
      }
    }
    if (to != null
        && from != null
        && to != from
        && to.savedPerByte() > from.savedPerByte() * WORTH_A_STEP) {
      long moved = takes;
      from.maximum(from.maximum() - moved);
      to.maximum(to.maximum() + moved);
    }
    for (CostClass each : classes) {
      each.ages();
    }
  }
}
