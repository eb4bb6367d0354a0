package dev.larder.jdbc.internal.source.binlog;

import dev.larder.invalidation.ChangeSet;

/**
 * What one entry of the binary log has changed: a transaction, or a statement that is one of its
 * own. Immutable and thread-safe.
 *
 * @param id the transaction's identifier on MySQL; empty on MariaDB, which is asked by position
 * @param end the place in the log behind it
 * @param branch the name of a transaction that is or was prepared, as the log spells it; empty for
 *     others
 */
record LogGroup(String id, LogPosition end, ChangeSet changes, Ending ending, String branch) {

  /** What the entry does to its transaction. */
  enum Ending {
    /** It commits. */
    COMMIT,
    /** It is prepared for two-phase commit: some time later another entry ends it. */
    PREPARE,
    /** One that was prepared is committed. */
    COMMIT_PREPARED,
    /** One that was prepared is rolled back. */
    ROLLBACK_PREPARED
  }
}
