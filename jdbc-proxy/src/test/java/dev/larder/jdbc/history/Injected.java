package dev.larder.jdbc.history;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * What the code of a {@link Mutant} calls. Public because that code lives in other packages, of
 * another class loader. Stateless and thread-safe.
 */
public final class Injected {

  private Injected() {}

  /** Now and then a pause, so that what takes a moment takes longer. */
  public static void pause() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    if (random.nextInt(4) == 0) {
      LockSupport.parkNanos(500_000 + random.nextInt(3_000_000));
    }
  }

  /** The same, for as long as two servers need to hear of a commit. */
  public static void longPause() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    if (random.nextInt(4) == 0) {
      LockSupport.parkNanos(10_000_000 + random.nextInt(30_000_000));
    }
  }

  /** Whether the calling thread is within a method of that name. */
  public static boolean isWithin(String method) {
    return StackWalker.getInstance()
        .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals(method)));
  }

  /** In place of a check without arguments. */
  public static boolean yes(Object asked) {
    return true;
  }

  /** In place of a check of a position. */
  public static boolean yes(Object asked, long position) {
    return true;
  }
}
