package dev.larder.jdbc.retention;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How much of this JVM's heap is reachable. Stateless. */
public final class Heap {

  private static final int COLLECTIONS = 3;

  /** Threads of drivers and pools let go of their last work by themselves, if not at once. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final int LOOK_MILLIS = 100;

  private Heap() {}

  /** The bytes in use after everything that can be collected was. */
  public static long used() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** The same, as soon as it is no more than {@code most}; or what it still is a while later. */
  public static long usedOnce(long most) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    long used = used();
    while (used > most && System.nanoTime() - deadline < 0) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      used = used();
    }
    return used;
  }

  /** In megabytes, for people. */
  public static String megabytes(long bytes) {
    return String.format("%.1f MB", bytes / 1_048_576.0);
  }
}
