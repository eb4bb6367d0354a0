package dev.larder.jdbc.internal.audit;

/** What came of asking again. Immutable and thread-safe. */
sealed interface Verdict {

  /** The database answers the same. */
  record Agrees() implements Verdict {}

  /** The database answers otherwise, though nothing has changed that would explain it. */
  record Differs(Difference difference) implements Verdict {}

  /** The database answers otherwise, as it may after a write that Larder cannot see. */
  record Stale() implements Verdict {}

  /** Nothing can be said: a commit came between, or the session cannot be had again. */
  record Void(String why) implements Verdict {}
}
