package dev.larder.jdbc.history;

/** Something in a history that the database cannot have shown. Immutable. */
record Anomaly(Kind kind, String description) {

  /** What kind of wrong. */
  enum Kind {
    /** A value that was never committed, or whose COMMIT had not been sent yet. */
    UNCOMMITTED,
    /** A value that was known to be overwritten before the reader asked. */
    STALE,
    /** A value older than one that somebody had already been shown before the reader asked. */
    WENT_BACK,
    /** One register of a transaction in its new state and another in its old. */
    HALF_A_TRANSACTION,
    /** Values of one answer that no single moment had. */
    NO_SINGLE_STATE,
    /** A transaction was not shown what it had written itself. */
    OWN_WRITE,
    /** Values that a transaction's one snapshot cannot have had. */
    BROKEN_SNAPSHOT,
    /** Two serializable transactions each overlooked what the other wrote. */
    WRITE_SKEW
  }
}
