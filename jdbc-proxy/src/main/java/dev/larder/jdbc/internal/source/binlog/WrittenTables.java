package dev.larder.jdbc.internal.source.binlog;

import dev.larder.invalidation.ledger.Reach;
import dev.larder.jdbc.internal.source.SourceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The tables of which a session reports every change. Used by the session's thread, but for {@code
 * mayDiffer}.
 *
 * @param atStart those that it was connected for
 * @param mayDiffer set by whoever sees that definitions have changed
 */
record WrittenTables(Reach atStart, AtomicBoolean mayDiffer) {

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
    if (mayDiffer.getAndSet(false) && !InnoDbTables.read(sql).equals(atStart)) {
      throw new SourceException("the tables that are reported have changed; connecting anew");
    }
  }
}
