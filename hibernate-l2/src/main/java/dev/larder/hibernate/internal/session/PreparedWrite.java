package dev.larder.hibernate.internal.session;

import dev.larder.invalidation.ChangeSet;
import org.hibernate.SessionEventListener;
import org.jspecify.annotations.Nullable;

/**
 * Joins what Hibernate tells of a statement in two places: its text, to the inspector, and right
 * after that on the same thread its session, to the session's listeners. Used by one thread at a
 * time, like the session.
 */
public final class PreparedWrite implements SessionEventListener {

  private static final long serialVersionUID = 1L;

  private static final ThreadLocal<@Nullable ChangeSet> INSPECTED = new ThreadLocal<>();

  private final transient SessionState session;

  PreparedWrite(SessionState session) {
    this.session = session;
  }

  /** A statement is about to be prepared on this thread that writes this. */
  public static void inspected(ChangeSet changes) {
    if (changes.isEmpty()) {
      INSPECTED.remove();
    } else {
      INSPECTED.set(changes);
    }
  }

  @Override
  public void jdbcPrepareStatementStart() {
    ChangeSet changes = INSPECTED.get();
    if (changes != null) {
      INSPECTED.remove();
      session.writes(changes);
    }
  }
}
