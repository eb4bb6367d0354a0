package dev.larder.invalidation.ledger;

import dev.larder.invalidation.ChangeSet;
import org.jspecify.annotations.Nullable;

/** Is told of every commit at its end. Implementations are thread-safe, quick and throw nothing. */
@FunctionalInterface
public interface EndRecorder {

  /**
   * Called when every read sees the commit, and before its cells are closed: whoever finds them
   * closed finds what was recorded here.
   *
   * @param said the message by which another node told of the end; null where this JVM knows it by
   *     itself
   */
  void ending(ChangeSet changes, @Nullable NodeMoment said);
}
