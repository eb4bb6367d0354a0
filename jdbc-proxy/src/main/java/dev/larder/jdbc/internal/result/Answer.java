package dev.larder.jdbc.internal.result;

import java.sql.ResultSet;

/** What an execution answers with: rows in memory, or the driver's result. */
public sealed interface Answer permits Snapshot, Answer.Live {

  /** The driver's result, or what stands for it. */
  record Live(ResultSet resultSet) implements Answer {}
}
