package dev.larder.invalidation.concurrent;

import java.util.concurrent.ThreadFactory;

/** Threads that have a name and do not keep a JVM from ending. Stateless and thread-safe. */
public final class DaemonThreads {

  /** The JVM decides. */
  private static final long USUAL_STACK = 0;

  private DaemonThreads() {}

  /** Makes threads of that name. */
  public static ThreadFactory named(String name) {
    return named(name, USUAL_STACK);
  }

  /**
   * Makes threads of that name.
   *
   * @param stackBytes how deep their stacks should be
   */
  public static ThreadFactory named(String name, long stackBytes) {
    return task -> {
      Thread thread = new Thread(null, task, name, stackBytes);
      thread.setDaemon(true);
      return thread;
    };
  }
}
