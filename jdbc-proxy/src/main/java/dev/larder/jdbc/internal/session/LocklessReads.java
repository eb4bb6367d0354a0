package dev.larder.jdbc.internal.session;

/** Which reads at SERIALIZABLE leave no lock on the database. Stateless and thread-safe. */
final class LocklessReads {

  /*
   * At SERIALIZABLE a read leaves a lock by which the database finds out who overlooked whom, and
   * memory leaves none. Two kinds of reads leave none on the database either:
   *
   * - A query in auto-commit mode, on MariaDB and H2. MariaDB makes reads locking ones only in
   *   transactions of several statements. Alone they read the latest commits without a lock, and
   *   since its writers hold their locks until they commit, the order of commits is a serial order
   *   of which the query sees a beginning. H2 has no locks for reads at any level. Not on
   *   PostgreSQL: a query alone, between two commits, can see the second writer and miss the first,
   *   which PostgreSQL prevents by the very lock that is missing.
   *
   * - A SERIALIZABLE READ ONLY DEFERRABLE transaction, on PostgreSQL. Its first read waits until
   *   there is a snapshot of which it is known that no serializable writer can make it wrong, and
   *   from then on it reads that snapshot without leaving locks, as REPEATABLE READ does. The
   *   snapshot is taken after the transaction's position, however long the wait was, so the rule
   *   of snapshot transactions holds: an answer that follows from cells that are unmoved since the
   *   position is the snapshot's too.
   */

  private LocklessReads() {}

  /** Whether the next read of a session is one. */
  static boolean areThoseOf(Transaction transaction, SessionRules rules) {
    return transaction.isOpen()
        ? transaction.readsSafeSnapshot()
        : rules.has(SessionTrait.LONE_READS_LOCK_NOTHING);
  }
}
