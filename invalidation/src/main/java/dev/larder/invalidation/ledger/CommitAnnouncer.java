package dev.larder.invalidation.ledger;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Origin;

/**
 * Tells others of what this JVM is about to commit. Implementations are thread-safe, throw nothing
 * and wait, if at all, for a bounded time.
 */
@FunctionalInterface
public interface CommitAnnouncer {

  /**
   * Called on the committing thread, when the cells are open and before the commit is sent.
   *
   * @param origin {@link Origin#COMMIT}, or {@link Origin#HOOK} for a change that is in the
   *     database already
   * @return what to run, once, when the commit is over and every read sees it
   */
  Runnable announce(ChangeSet changes, Origin origin);
}
