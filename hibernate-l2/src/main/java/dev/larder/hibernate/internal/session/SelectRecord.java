package dev.larder.hibernate.internal.session;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The queries that were prepared on this thread since a session looked in vain for a result: what
 * the result, once it is put, was made from. Used by one thread.
 *
 * <p>Others may be among them, if the session has run some in between; then the result depends on
 * more than it needs to.
 */
public final class SelectRecord {

  private static final ThreadLocal<@Nullable SelectRecord> CURRENT = new ThreadLocal<>();
  private static final int MOST = 64;

  private final SessionState session;
  private final Object key;
  private final @Nullable SelectRecord outer;
  private final Set<String> texts = new LinkedHashSet<>();
  private boolean tooMany;

  private SelectRecord(SessionState session, Object key, @Nullable SelectRecord outer) {
    this.session = session;
    this.key = key;
    this.outer = outer;
  }

  /** A result was not there: what is prepared from now on may belong to it. */
  public static void begin(SessionState session, Object key) {
    SelectRecord current = CURRENT.get();
    // What another session has left behind, because its query failed, is of no use any more.
    SelectRecord outer = current != null && current.session == session ? current : null;
    if (outer != null && outer.depth() > MOST) {
      outer = null;
    }
    CURRENT.set(new SelectRecord(session, key, outer));
    if (outer == null) {
      session.atCompletion(() -> forget(session));
    }
  }

  /** A query is about to be prepared on this thread. */
  public static void prepared(String text) {
    for (SelectRecord each = CURRENT.get(); each != null; each = each.outer) {
      if (each.texts.size() < MOST) {
        each.texts.add(text);
      } else {
        each.tooMany = true;
      }
    }
  }

  /** The texts that a result was made from; empty where that is not known. */
  public static Set<String> end(SessionState session, Object key) {
    for (SelectRecord each = CURRENT.get(); each != null; each = each.outer) {
      if (each.session == session && each.key.equals(key)) {
        CURRENT.set(each.outer);
        return each.tooMany ? Set.of() : each.texts;
      }
    }
    return Set.of();
  }

  private static void forget(SessionState session) {
    SelectRecord current = CURRENT.get();
    if (current != null && current.session == session) {
      CURRENT.remove();
    }
  }

  private int depth() {
    int depth = 0;
    for (SelectRecord each = this; each != null; each = each.outer) {
      depth++;
    }
    return depth;
  }
}
