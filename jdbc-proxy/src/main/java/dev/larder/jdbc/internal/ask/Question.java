package dev.larder.jdbc.internal.ask;

/** A text that asks Larder, and never the database. Immutable and thread-safe. */
public sealed interface Question {

  /**
   * {@code SHOW LARDER ...}.
   *
   * @param order of queries; nothing else has one to choose
   * @param limit the most rows of them
   */
  record Show(Topic topic, Order order, int limit) implements Question {
    Show(Topic topic) {
      this(topic, Order.SAVED, Integer.MAX_VALUE);
    }
  }

  /** {@code EXPLAIN LARDER} and a text, which is not run. */
  record Explain(String sql) implements Question {}

  /** {@code EXPLAIN LARDER LAST}: what became of the statement before. */
  record ExplainLast() implements Question {}

  /**
   * It begins like a question and is none.
   *
   * @param problem what is wrong with it
   */
  record Misspelt(String problem) implements Question {}

  /** What can be shown. */
  enum Topic {
    STATUS,
    QUERIES,
    TABLES,
    SOURCES,
    NODES,
    TIER,
    POOL,
    REPLICAS,
    SETTINGS
  }

  /** Which queries come first. */
  enum Order {
    /** Those of which memory has saved the most database time. */
    SAVED,
    /** Those that the database ran most often. */
    MISSED,
    /** Those whose answers were found out of date most often. */
    INVALIDATED
  }
}
