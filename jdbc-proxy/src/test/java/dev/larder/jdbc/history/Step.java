package dev.larder.jdbc.history;

import java.util.List;

/** One thing a client did inside a transaction. Immutable. */
sealed interface Step {

  /** The value that stands for a row that was not there. */
  long ABSENT = -1;

  /** A register and the value it was seen to have. */
  record Seen(int register, long value) {}

  /**
   * One query.
   *
   * @param called the tick before it was sent
   * @param returned the tick after its answer came
   */
  record Read(String query, long called, long returned, List<Seen> seen) implements Step {}

  /** One register written to a value that is written nowhere else. */
  record Write(long called, int register, long value) implements Step {}

  /** A savepoint; they nest. */
  record Savepoint() implements Step {}

  /** Back to the last savepoint that was not gone back to yet. */
  record BackToSavepoint() implements Step {}
}
