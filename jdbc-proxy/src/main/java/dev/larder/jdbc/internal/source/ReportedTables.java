package dev.larder.jdbc.internal.source;

import dev.larder.invalidation.ledger.Reach;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The tables that a session reports, as far as it knows them. Used by the session's thread, but for
 * {@code mayDiffer}.
 *
 * @param cells what a change to a table changes in the ledger
 * @param atStart the tables of which it reports every change
 * @param mayDiffer set by whoever sees that definitions have changed
 */
record ReportedTables(Reported cells, Reach atStart, AtomicBoolean mayDiffer, Check still) {

  /** Whether the tables in reach are still the same. */
  @FunctionalInterface
  interface Check {
    boolean holds(Connection sql, Reach reach) throws SQLException;
  }

  /** Until it was looked at again, a table may have left. */
  Reach reach() {
    return mayDiffer.get() ? Reach.NOTHING : atStart;
  }

  /**
   * Looks again, if there is reason to.
   *
   * @throws SourceException where they are others: a new session has nothing behind it that began
   *     before the change
   */
  void look(Connection sql) throws SQLException, SourceException {
    if (mayDiffer.getAndSet(false) && !still.holds(sql, atStart)) {
      throw new SourceException("the tables that are reported have changed; connecting anew");
    }
  }
}
