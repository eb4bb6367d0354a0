package dev.larder.jdbc.internal.connection;

/** What became of a statement, for who asks of it afterwards. Immutable and thread-safe. */
public enum StatementFate {
  /** Memory had its answer. */
  MEMORY("answered from memory"),
  /** Somebody else was running the same query. */
  JOINED("answered by another caller's execution of the same query"),
  /** Another node had kept its answer. */
  TIER("answered by what another node of the cluster had read"),
  /** Memory had no answer that still held. */
  LOADED("run on the database, and its answer taken into memory"),
  /** The database could not be reached, and memory had an answer that was not too old by much. */
  PAST("answered from memory past its age bound, as the database could not be reached"),
  /** There is a reason why memory had no part in it. */
  DATABASE("run on the database");

  private final String words;

  StatementFate(String words) {
    this.words = words;
  }

  /** As a clause, in English. */
  public String words() {
    return words;
  }
}
