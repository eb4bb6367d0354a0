package dev.larder.jdbc.internal.result;

import java.sql.ResultSet;

/** What an execution answers with: rows in memory, or the driver's result. */
public sealed interface Answer permits Snapshot, Answer.Live {

  /**
   * The driver's result, or what stands for it.
   *
   * @param elsewhere whether it comes from another connection than the caller's; closing it gives
   *     that back
   */
  record Live(ResultSet resultSet, boolean elsewhere) implements Answer {
    public Live(ResultSet resultSet) {
      this(resultSet, false);
    }
  }
}
