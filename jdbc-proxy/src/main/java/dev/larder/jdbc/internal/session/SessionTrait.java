package dev.larder.jdbc.internal.session;

/** The ways in which products' sessions behave differently that matter to what they read. */
public enum SessionTrait {

  // Settings.

  /** A setting that a transaction made is undone with it. */
  ROLLBACK_UNDOES_SETTINGS,

  /** {@code SET SCHEMA} and {@code setSchema} are other spellings of setting the search path. */
  SCHEMA_IS_SEARCH_PATH,

  /** Schemas are looked through in a list of their own after the current one. */
  SEARCH_PATH_BESIDE_SCHEMA,

  /** A switch is set by several words and shown by two. */
  SWITCHES_HAVE_SYNONYMS,

  /** Anybody may make up a setting whose name has a dot. */
  CUSTOM_SETTINGS,

  // Transactions.

  /** BEGIN in a transaction commits it. */
  BEGIN_COMMITS,

  /** {@code SET TRANSACTION} outside of a transaction is meant for the next one. */
  ISOLATION_OF_NEXT_TRANSACTION,

  /** Resetting all settings resets the isolation level too. */
  RESET_ALL_RESETS_ISOLATION,

  /** READ UNCOMMITTED reads what is committed. */
  READ_UNCOMMITTED_IS_COMMITTED,

  /** A snapshot transaction may fix its snapshot table by table, at the first read of each. */
  SNAPSHOT_FIXED_PER_TABLE,

  /** A query that the server can answer without reading its tables fixes no snapshot. */
  UNREAD_TABLES_FIX_NO_SNAPSHOT,

  /**
   * A query that is a transaction of its own locks nothing, at SERIALIZABLE either, and reads what
   * is committed.
   */
  LONE_READS_LOCK_NOTHING,

  /** A session goes back to auto-commit at the end of a transaction that a text began. */
  AUTO_COMMIT_RETURNS_AFTER_TEXT,

  // What JDBC leaves open.

  /** The driver may hand out rows of a statement that is still at work. */
  RESULTS_STREAM,

  /** A session tells what its last statement found and did, and warned of. */
  TELLS_OF_LAST_STATEMENT,

  /** The driver begins a transaction with its first statement, and refuses some settings then. */
  TRANSACTION_BEGINS_WITH_STATEMENT,

  /** {@code setReadOnly} is ignored. */
  IGNORES_READ_ONLY,

  /** {@code setCatalog} is ignored. */
  IGNORES_CATALOG,

  /** {@code setCatalog} sets the schema. */
  CATALOG_IS_SCHEMA,

  /** Whether {@code setSchema} means the database depends on an option of the driver. */
  SCHEMA_DEPENDS_ON_DRIVER,

  /** An application's name is taken whatever it is. */
  TAKES_APPLICATION_NAME,

  /** A statement whose time is over ends as one that was cancelled. */
  TIME_LIMIT_CANCELS
}
