package dev.larder.jdbc;

/**
 * Why a statement was answered by the database rather than from memory. Immutable and thread-safe.
 *
 * <p>Reasons are counted by {@code statistics()} and named by {@code explain(sql)}.
 */
public enum BypassReason {
  /** {@code larder.enabled} is off. */
  DISABLED("Larder is switched off"),
  /** The database's product or identity is one Larder has no catalogue for. */
  UNKNOWN_DATABASE("Larder does not know this database's catalogue"),
  /** The catalogue is being changed, could not be read, or is not there yet. */
  CATALOGUE_UNAVAILABLE("the database's catalogue is not available right now"),
  /** A connection is unwrapped to an object of the driver's that may write anything. */
  UNWRAPPED("a connection is unwrapped, and through the driver's own object anything may change"),
  /** The statement is not a query. */
  NOT_A_QUERY("the statement is not a query"),
  /** A call of a routine that only reads: its results are the driver's. */
  CALL("the statement calls a routine, whose results are always the driver's own"),
  /** The text could not be parsed. */
  UNPARSEABLE("the text could not be parsed"),
  /**
   * The parser used more processor time than {@code larder.analysis.timeout}; it is asked again
   * later.
   */
  ANALYSIS_TIMEOUT("the parser did not finish in time; it will be asked again"),
  /** The text is longer or deeper than Larder analyses. */
  TEXT_TOO_LARGE("the text is longer or more deeply nested than Larder analyses"),
  /** The text holds more than one statement. */
  SEVERAL_STATEMENTS("the text holds more than one statement"),
  /** The text says {@code larder(bypass)}. */
  HINT("the text asks to be bypassed"),
  /** A locking clause such as FOR UPDATE. */
  LOCKING_CLAUSE("the query locks rows"),
  /** A common table expression, or the query itself, modifies data. */
  MODIFIES_DATA("the query modifies data"),
  /** A construct whose answer depends on more than tables, such as TABLESAMPLE. */
  NON_DETERMINISTIC_CONSTRUCT(
      "the query has a construct whose answer does not follow from its tables"),
  /** A function that is not known to be deterministic. */
  NON_DETERMINISTIC_FUNCTION("the query calls a function that is not known to be deterministic"),
  /** A name that the catalogue does not hold. */
  UNKNOWN_TABLE("the query names a table that the catalogue does not hold"),
  /** A table of the database's own catalogue. */
  SYSTEM_TABLE("the query reads the database's own catalogue"),
  /** A temporary table, or a session that holds temporary objects. */
  TEMPORARY_TABLE("the query may read a temporary table"),
  /**
   * A table whose changes do not follow the transaction: foreign tables, non-transactional engines,
   * sequences.
   */
  UNTRACKABLE_TABLE("the query reads a table whose changes cannot be followed"),
  /** A view or policy whose definition cannot be understood. */
  OPAQUE_DEFINITION("the query reads a view or policy whose definition cannot be understood"),
  /** Left out by {@code larder.tables.include} or {@code larder.tables.exclude}. */
  EXCLUDED_TABLE("the settings leave a table out"),
  /** The statement asks for a sensitive or updatable result. */
  RESULT_TYPE("the statement asks for a sensitive or updatable result"),
  /** A column type whose getters Larder does not reproduce. */
  COLUMN_TYPE("a column has a type that Larder does not reproduce"),
  /** Something was asked of an earlier result that only the driver's own result answers. */
  DRIVER_RESULT("what is asked of its result, only the driver's own can answer"),
  /** A parameter that cannot be part of a key, such as a stream. */
  PARAMETER("a parameter cannot be part of a key"),
  /** A parameter or literal the database may read as the current time. */
  CURRENT_TIME_LITERAL("a literal or parameter may stand for the current time or date"),
  /** The session's settings can no longer be known. */
  UNKNOWN_SESSION_STATE("the session's settings can no longer be known"),
  /** SERIALIZABLE: a cached read leaves no predicate lock. */
  SERIALIZABLE(
      "the transaction is serializable, and memory leaves none of the locks by which the database"
          + " keeps it so; READ COMMITTED and REPEATABLE READ are answered from memory, as are"
          + " SERIALIZABLE READ ONLY DEFERRABLE on PostgreSQL, and queries in auto-commit mode on"
          + " MariaDB and H2"),
  /** The isolation level was set in an open transaction: products differ in when that counts. */
  ISOLATION_CHANGED("the isolation level was set in the middle of the transaction"),
  /** READ UNCOMMITTED: what was read may not be committed, so it is not stored. */
  READ_UNCOMMITTED("the transaction reads uncommitted rows, which are not stored"),
  /** The first read of a snapshot transaction fixes the snapshot on the database. */
  FIXES_SNAPSHOT("the first read of a snapshot transaction goes to the database"),
  /** A table in the footprint moved after the transaction's snapshot was taken. */
  SNAPSHOT_MOVED("a table has changed since the transaction's snapshot"),
  /**
   * The transaction, or the session, has taken a lock, and there may be writers that Larder does
   * not see: what the lock guards may be newer than memory.
   */
  AFTER_LOCK("a lock is held, and not every writer is seen that may have changed what it guards"),
  /** A snapshot transaction, where there may be writers that Larder does not see. */
  SNAPSHOT_UNPROVEN(
      "the transaction reads a snapshot, and not every writer is seen that memory may be ahead of"
          + " or behind"),
  /** The transaction has written to a table of the footprint. */
  OWN_WRITE("the transaction has written to a table that the query reads"),
  /** The transaction has met an error. */
  FAILED_TRANSACTION("the transaction has met an error"),
  /** A commit to a table of the footprint is under way, or its outcome is unknown. */
  COMMIT_UNDER_WAY("a commit to a table that the query reads is under way"),
  /** A commit to a table of the footprint came between the query and its storing. */
  CHANGED_MEANWHILE("a table changed while the query ran"),
  /** The result has more rows or bytes than may be stored. */
  RESULT_TOO_LARGE("the result is larger than may be stored"),
  /**
   * By measure, keeping answers to the template costs more than its hits save ({@code
   * larder.admission}); it is tried again now and then.
   */
  NOT_WORTH_IT("keeping its answers would cost more than it saves"),
  /** Memory holds the answer, and is not to give it ({@code larder.serve}). */
  NOT_SERVED("memory would have answered, but larder.serve is off"),
  /** The statement left warnings, which a stored answer would lose. */
  WARNINGS("the statement left warnings"),
  /** The statement's own state (cursor name, generated keys, batches...) asks for the driver. */
  STATEMENT_STATE("the statement's own settings ask for the driver"),
  /** An answer of this template differed from the database's in an audit; the log says where. */
  AUDIT("an audit found an answer of this template to differ from the database's"),
  /** A failure of the cache itself; the log says which. */
  FAILURE("the cache itself failed");

  private final String sentence;

  BypassReason(String sentence) {
    this.sentence = sentence;
  }

  /** The reason as a clause of a sentence, in English. */
  public String sentence() {
    return sentence;
  }
}
