package dev.larder.jdbc.internal.result;

import java.sql.ResultSet;
import java.sql.SQLWarning;
import org.jspecify.annotations.Nullable;

/** The result of a query: rows in memory, or the driver's result. */
public sealed interface QueryResult permits Snapshot, QueryResult.Live, QueryResult.Past {

  /**
   * Rows in memory that are older than they should be.
   *
   * @param warning says so
   */
  record Past(Snapshot snapshot, SQLWarning warning) implements QueryResult {}

  /**
   * The driver's result, or what stands for it.
   *
   * @param elsewhere whether it comes from another connection than the caller's; closing it gives
   *     that back
   * @param warnings what the driver may tell only once, and told already; null for none
   */
  record Live(ResultSet resultSet, boolean elsewhere, @Nullable SQLWarning warnings)
      implements QueryResult {
    public Live(ResultSet resultSet) {
      this(resultSet, false, null);
    }
  }
}
