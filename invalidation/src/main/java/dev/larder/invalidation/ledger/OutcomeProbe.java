package dev.larder.invalidation.ledger;

/**
 * Asks the server whether it has finished with a transaction whose commit got no answer. Called
 * from one thread of the ledger at a time; it may block for as long as a connection may take.
 */
@FunctionalInterface
public interface OutcomeProbe {

  /** What the server knows of the transaction. */
  enum Outcome {
    /** It is over, one way or the other: nothing of it can become visible any more. */
    FINISHED,
    /** It may still commit. */
    RUNNING,
    /** The server could not be asked. Asked again later. */
    NO_ANSWER,
    /** This server can never tell: wait for the quarantine instead. */
    CANNOT_TELL
  }

  /** Never throws; a failure to ask is {@link Outcome#NO_ANSWER}. */
  Outcome ask();
}
