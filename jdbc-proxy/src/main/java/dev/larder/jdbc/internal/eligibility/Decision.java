package dev.larder.jdbc.internal.eligibility;

import dev.larder.invalidation.ledger.TrackedFootprint;
import dev.larder.jdbc.BypassReason;
import org.jspecify.annotations.Nullable;

/** Whether one execution of a query may be served or stored. Immutable and thread-safe. */
public sealed interface Decision {

  /** How much of the store an execution may use. */
  enum Use {
    /** Look up, and store what the database answers. */
    FULL,
    /** Look up, but store nothing. */
    LOOK_UP_ONLY,
    /** Ask the database, and store what it answers. */
    STORE_ONLY
  }

  /**
   * The store may be used.
   *
   * @param reason why not fully, or null
   */
  record Serve(TrackedFootprint footprint, Use use, @Nullable BypassReason reason)
      implements Decision {}

  /**
   * The database answers.
   *
   * @param detail the construct or object that the reason is about; empty where there is none
   */
  record Bypass(BypassReason reason, String detail) implements Decision {}
}
