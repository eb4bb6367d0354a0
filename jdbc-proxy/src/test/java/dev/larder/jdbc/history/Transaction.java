package dev.larder.jdbc.history;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * One transaction as its client saw it; a statement of its own in auto-commit mode is one too.
 * Immutable.
 *
 * @param began the tick before its first statement was sent
 * @param commitCalled the tick before COMMIT, or the statement that commits by itself, was sent
 * @param ended the tick when the outcome was known
 */
record Transaction(
    String client,
    Level level,
    List<Step> steps,
    Outcome outcome,
    long began,
    long commitCalled,
    long ended) {

  /** What became of it. */
  enum Outcome {
    COMMITTED,
    ROLLED_BACK,
    /** Nobody found out. */
    UNKNOWN
  }

  /** What it has written when it ends, by register. */
  Map<Integer, Long> written() {
    return replay((read, own) -> {});
  }

  /**
   * Goes through the steps once more.
   *
   * @param reads gets each query and what the transaction had written, and not undone, before it
   */
  Map<Integer, Long> replay(BiConsumer<Step.Read, Map<Integer, Long>> reads) {
    Map<Integer, Long> own = new HashMap<>();
    Deque<Map<Integer, Long>> savepoints = new ArrayDeque<>();
    for (Step step : steps) {
      if (step instanceof Step.Read read) {
        reads.accept(read, own);
      } else if (step instanceof Step.Write write) {
        own.put(write.register(), write.value());
      } else if (step instanceof Step.Savepoint) {
        savepoints.push(new HashMap<>(own));
      } else if (step instanceof Step.BackToSavepoint) {
        own = savepoints.pop();
      }
    }
    return own;
  }
}
