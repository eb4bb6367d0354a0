package dev.larder.jdbc.history;

import dev.larder.testkit.Product;

/**
 * What each isolation level of a product keeps without Larder, and so with it. Immutable.
 *
 * @param tables whether one moment for a snapshot means one for each table
 * @param noSkew whether SERIALIZABLE prevents write skew
 */
record Promises(
    Kept readUncommitted, Kept repeatableRead, Kept serializable, boolean tables, boolean noSkew) {

  /** What is asked of the reads of a transaction. */
  enum Kept {
    /** Any value that was written, but none older than what is surely committed. */
    WRITTEN,
    /** Each query reads one committed state that held between its call and its return. */
    STATEMENT,
    /** All queries read one committed state that held when the first of them ran. */
    SNAPSHOT
  }

  static Promises of(Product product) {
    return switch (product) {
      // PostgreSQL has no READ UNCOMMITTED (manual, section 13.2).
      case POSTGRESQL -> new Promises(Kept.STATEMENT, Kept.SNAPSHOT, Kept.SNAPSHOT, false, true);
      // InnoDB's SERIALIZABLE reads are locking reads, which read the newest committed rows.
      case MARIADB, MYSQL -> new Promises(Kept.WRITTEN, Kept.SNAPSHOT, Kept.STATEMENT, false, true);
      // H2 takes a snapshot of each table when a transaction first reads it, and its SERIALIZABLE
      // is the same: the raw database
      // shows a transaction two tables in different states, and allows write skew.
      case H2 -> new Promises(Kept.WRITTEN, Kept.SNAPSHOT, Kept.SNAPSHOT, true, false);
    };
  }

  /** Registers with equal groups are read by a transaction as they were at one moment. */
  int snapshotGroup(int register) {
    return tables ? register / Registers.ROWS : 0;
  }

  Kept of(Level level) {
    return switch (level) {
      case AUTO_COMMIT, READ_COMMITTED -> Kept.STATEMENT;
      case READ_UNCOMMITTED -> readUncommitted;
      case REPEATABLE_READ -> repeatableRead;
      case SERIALIZABLE -> serializable;
    };
  }
}
