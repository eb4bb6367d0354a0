package dev.larder.hibernate.internal.link;

import dev.larder.invalidation.ledger.Ledger;
import dev.larder.invalidation.ledger.SharedLedger;

/** What tells the second-level cache of changes. Immutable and thread-safe. */
sealed interface Below {

  /**
   * A Larder DataSource: every statement of this JVM moves its ledger before it commits.
   *
   * @param shared what the DataSource offers
   * @param ledger its ledger
   */
  record Shared(SharedLedger shared, Ledger ledger) implements Below {}

  /**
   * Any other DataSource: only what Hibernate itself announces is seen, and what the hooks are
   * told.
   *
   * @param ledger one of the cache's own
   */
  record Alone(Ledger ledger) implements Below {}

  /**
   * The database could not be asked yet, so nothing is cached.
   *
   * @param askedAtNanos when it was asked last
   */
  record NotYet(long askedAtNanos) implements Below {}
}
