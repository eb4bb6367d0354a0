package dev.larder.invalidation;

/** Where a change came from. Immutable and thread-safe. */
public enum Origin {
  /** A commit that this JVM carried. */
  COMMIT,
  /** A commit that this JVM carried and whose outcome nobody could tell for a while. */
  UNKNOWN_OUTCOME,
  /** The application said so. */
  HOOK,
  /**
   * A source reported it; or what the database answered to a write, or the end of a transaction
   * without a commit, showed that memory may be behind.
   */
  SOURCE
}
