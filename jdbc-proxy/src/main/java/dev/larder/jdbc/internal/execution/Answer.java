package dev.larder.jdbc.internal.execution;

import dev.larder.jdbc.internal.result.Snapshot;
import java.sql.ResultSet;

/** What an execution answers with. */
public sealed interface Answer {

  /** Rows in memory: the caller makes a cursor of its own. */
  record Kept(Snapshot snapshot) implements Answer {}

  /**
   * The driver's result, or what stands for it.
   *
   * @param elsewhere whether it comes from another connection than the caller's; closing it gives
   *     that back
   */
  record Live(ResultSet resultSet, boolean elsewhere) implements Answer {
    Live(ResultSet resultSet) {
      this(resultSet, false);
    }
  }
}
