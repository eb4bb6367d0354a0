package dev.larder.jdbc.internal.analysis;

import org.jspecify.annotations.Nullable;

/** What a statement does to the transaction it runs in. Immutable and thread-safe. */
public sealed interface TransactionEffect {

  /** Whether it waits for a snapshot that no serializable writer can make wrong. */
  default boolean isSafe() {
    return false;
  }

  /** Nothing. */
  record None() implements TransactionEffect {}

  /**
   * BEGIN, START TRANSACTION.
   *
   * @param isolation a constant of {@link java.sql.Connection}, or null where the text does not say
   * @param isSafe whether it waits for a snapshot that no serializable writer can make wrong
   */
  record Begin(@Nullable Integer isolation, boolean isSafe) implements TransactionEffect {}

  record Commit(boolean chain) implements TransactionEffect {}

  record Rollback(boolean chain) implements TransactionEffect {}

  record Savepoint(String name) implements TransactionEffect {}

  record RollbackTo(String name) implements TransactionEffect {}

  record Release(String name) implements TransactionEffect {}

  /**
   * SET TRANSACTION ISOLATION LEVEL: this transaction only (in MariaDB: the next one).
   *
   * @param isSafe whether it waits for a snapshot that no serializable writer can make wrong
   */
  record Isolation(int isolation, boolean isSafe) implements TransactionEffect {
    public Isolation(int isolation) {
      this(isolation, false);
    }
  }

  /**
   * SET SESSION CHARACTERISTICS, SET SESSION TRANSACTION ISOLATION LEVEL: from the next transaction
   * on.
   */
  record SessionIsolation(int isolation) implements TransactionEffect {}

  /** SET AUTOCOMMIT; switching it on commits. */
  record AutoCommit(boolean on) implements TransactionEffect {}

  /** PREPARE TRANSACTION, XA PREPARE. */
  record Prepare(String id) implements TransactionEffect {}

  /** COMMIT PREPARED, ROLLBACK PREPARED, XA COMMIT, XA ROLLBACK. */
  record Resolve(String id) implements TransactionEffect {}

  TransactionEffect NONE = new None();
}
