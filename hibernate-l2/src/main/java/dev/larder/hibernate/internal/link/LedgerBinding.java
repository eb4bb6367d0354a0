package dev.larder.hibernate.internal.link;

import dev.larder.invalidation.ledger.Ledger;
import dev.larder.invalidation.ledger.SharedLedger;

/** The ledger that tells the second-level cache of changes. Immutable and thread-safe. */
sealed interface LedgerBinding {

  /**
   * A Larder DataSource: every statement of this JVM moves its ledger before it commits.
   *
   * @param shared what the DataSource offers
   * @param ledger its ledger
   */
  record Shared(SharedLedger shared, Ledger ledger) implements LedgerBinding {}

  /**
   * Any other DataSource: only what Hibernate itself announces is seen, and what the hooks are
   * told.
   *
   * @param ledger one of the cache's own
   */
  record Standalone(Ledger ledger) implements LedgerBinding {}

  /**
   * The database could not be asked yet, so nothing is cached.
   *
   * @param askedAtNanos when it was asked last
   */
  record Pending(long askedAtNanos) implements LedgerBinding {}
}
