package dev.larder.jdbc.internal.source;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.TableName;
import java.util.Map;
import java.util.Set;

/**
 * The translation of what a source reports into what it changes in the ledger. Implementations are
 * thread-safe.
 */
@FunctionalInterface
public interface Reported {

  /**
   * The change set of a change to one table.
   *
   * @param values for a column, every value that a written row had in it before or has after the
   *     write, as the database prints it; columns of which that is not known are left out
   */
  ChangeSet changes(TableName table, Map<String, Set<String>> values);

  /** The change set of a change to any rows of a table. */
  default ChangeSet changes(TableName table) {
    return changes(table, Map.of());
  }
}
