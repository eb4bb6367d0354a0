package dev.larder.jdbc.retention;

import java.lang.management.ManagementFactory;

/** How much of this JVM's heap is reachable. Stateless. */
public final class Heap {

  private static final int COLLECTIONS = 3;

  private Heap() {}

  /** The bytes in use after everything that can be collected was. */
  public static long used() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** In megabytes, for people. */
  public static String megabytes(long bytes) {
    return String.format("%.1f MB", bytes / 1_048_576.0);
  }
}
