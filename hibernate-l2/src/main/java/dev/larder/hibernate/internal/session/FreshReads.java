package dev.larder.hibernate.internal.session;

import org.jspecify.annotations.Nullable;

/**
 * The part of a session's work, on this thread, that has to see what the database holds now: what
 * is merged or refreshed. Used by one thread.
 */
public final class FreshReads {

  private static final ThreadLocal<@Nullable FreshReads> CURRENT = new ThreadLocal<>();

  private final SessionState session;
  private int depth;

  private FreshReads(SessionState session) {
    this.session = session;
  }

  /** Such a part begins, perhaps within another. */
  public static void begin(SessionState session) {
    FreshReads current = CURRENT.get();
    if (current == null || current.session != session) {
      current = new FreshReads(session);
      CURRENT.set(current);
      // Where the work fails, nobody tells of its end.
      session.atCompletion(() -> forget(session));
    }
    current.depth++;
  }

  /** The part is over that began last. */
  public static void end(SessionState session) {
    FreshReads current = CURRENT.get();
    if (current != null && current.session == session && --current.depth == 0) {
      CURRENT.remove();
    }
  }

  private static void forget(SessionState session) {
    FreshReads current = CURRENT.get();
    if (current != null && current.session == session) {
      CURRENT.remove();
    }
  }

  /** Whether what this thread reads now belongs to one. */
  public static boolean isUnderWay() {
    return CURRENT.get() != null;
  }
}
