package dev.larder.benchmarks.workload;

import java.util.List;

/**
 * A public benchmark's tables and transactions, for PostgreSQL. One belongs to one database, whose
 * clients share it; safe for use by several threads.
 */
public interface PublishedWorkload {

  /** A condition of the rows that holds whenever nothing is under way. */
  record Invariant(String name, String countOfViolations) {}

  /** Such as {@code tpcc}. */
  String name();

  /**
   * Whether each statement commits by itself; otherwise each transaction ends with a commit, be it
   * of one statement.
   */
  default boolean isAutoCommit() {
    return false;
  }

  /**
   * The statements that make the tables and their rows, alike each time; a semicolon after each.
   */
  String schema();

  /** What its clients do, in the order in which it was published. */
  List<TransactionType> types();

  /** A query for one number, to which each transaction that commits adds what it returned. */
  String total();

  /** What must hold at the end. */
  List<Invariant> invariants();
}
