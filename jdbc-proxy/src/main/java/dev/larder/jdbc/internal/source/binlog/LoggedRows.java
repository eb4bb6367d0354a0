package dev.larder.jdbc.internal.source.binlog;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.TableName;
import java.util.Map;
import java.util.Set;

/**
 * The translation of the rows that a binary log tells of into what they change in the ledger.
 * Implementations are thread-safe.
 */
@FunctionalInterface
public interface LoggedRows {

  /**
   * The change set of rows written in one table.
   *
   * @param inserted whether they were only inserted
   * @param values for a column, every value that a written row had in it before or has after the
   *     write, as the database prints it; columns of which that is not known are left out
   */
  ChangeSet changes(TableName table, boolean inserted, Map<String, Set<String>> values);
}
