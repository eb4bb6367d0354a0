package dev.larder.jdbc.internal.analysis;

import dev.larder.jdbc.BypassReason;
import java.util.List;
import java.util.Set;

/**
 * What the text of one statement says about what it does. Immutable and thread-safe.
 *
 * <p>Facts come from the text alone: which table a name means, and what a view, a trigger or a
 * function adds, is the catalogue's to say. Facts err towards doing more: a table named twice over,
 * never one forgotten.
 *
 * @param kind what sort of statement this is
 * @param reads every table name that stands where a table may be read, whatever sub-query it stands
 *     in
 * @param commonTables names that WITH clauses of the text define: a name in {@code reads} that
 *     equals one of these may not exist as a table, and is then no obstacle; where it does exist it
 *     counts
 * @param writes every table that the statement itself writes
 * @param functions every function the statement calls by name, built-ins too, keyword functions
 *     such as CURRENT_DATE under their keyword in lower case
 * @param escaped those of the functions that JDBC's escape {@code {fn f()}} calls
 * @param attributes every name behind a dot that may be a function of what stands before it; empty
 *     where the product knows no such call
 * @param obstacles what in the text itself forbids keeping its answer
 * @param session what the statement changes in its session
 * @param transaction what the statement does to its transaction
 * @param rows which rows and columns of its tables the statement names
 * @param locks what the text itself does to the session's locks; what the functions of users add is
 *     the catalogue's to say
 * @param times where the text may take a time from the clock by a conversion; of queries only
 * @param mayCommit whether running this statement inside a transaction may itself commit that
 *     transaction (DDL on products that commit implicitly, CALL, DO, unknown text)
 */
public record Facts(
    Kind kind,
    Set<ObjectName> reads,
    Set<String> commonTables,
    List<TableWrite> writes,
    Set<ObjectName> functions,
    Set<ObjectName> escaped,
    Set<Attribute> attributes,
    List<Obstacle> obstacles,
    List<SessionEffect> session,
    TransactionEffect transaction,
    RowFacts rows,
    Locking locks,
    TimeFacts times,
    boolean mayCommit) {

  /** What sort of statement a text is. */
  public enum Kind {
    /**
     * SELECT, VALUES, TABLE, WITH ... SELECT, also where a common table expression modifies data.
     */
    QUERY,
    /**
     * INSERT, UPDATE, DELETE, MERGE, REPLACE, TRUNCATE, COPY, REFRESH: {@code writes} names its
     * targets.
     */
    WRITE,
    /**
     * CREATE, ALTER, DROP, GRANT, REVOKE, COMMENT, policies: changes definitions, and so
     * everything.
     */
    DEFINITION,
    /** BEGIN, COMMIT, ROLLBACK, SAVEPOINT...: {@code transaction} says which. */
    TRANSACTION,
    /** SET, RESET, DISCARD, USE: {@code session} says what. */
    SESSION,
    /**
     * SHOW, EXPLAIN without ANALYZE, ANALYZE, VACUUM...: reads nothing that is cached and writes no
     * rows.
     */
    HARMLESS,
    /**
     * CALL, also in JDBC's words, of a routine that {@code functions} names: does what that does.
     */
    CALL,
    /**
     * DO, EXECUTE, EXPLAIN ANALYZE of a write, a CALL of what may commit, and everything that was
     * not understood: may write everything.
     */
    UNKNOWN
  }

  /** A table written, and how. */
  public record TableWrite(ObjectName table, Verb verb) {}

  /**
   * Something in the text that forbids keeping its answer.
   *
   * @param detail the construct, as a user would recognise it; never a literal's value
   */
  public record Obstacle(BypassReason reason, String detail) {}

  public Facts {
    reads = Set.copyOf(reads);
    commonTables = Set.copyOf(commonTables);
    writes = List.copyOf(writes);
    functions = Set.copyOf(functions);
    escaped = Set.copyOf(escaped);
    attributes = Set.copyOf(attributes);
    obstacles = List.copyOf(obstacles);
    session = List.copyOf(session);
  }

  /** Whether nothing but the time it took keeps more from being known. */
  public boolean isUnfinished() {
    return !obstacles.isEmpty() && obstacles.get(0).reason() == BypassReason.ANALYSIS_TIMEOUT;
  }
}
