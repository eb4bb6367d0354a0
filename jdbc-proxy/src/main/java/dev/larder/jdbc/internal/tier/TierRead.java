package dev.larder.jdbc.internal.tier;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.ledger.Stamp;
import dev.larder.jdbc.internal.store.CacheKey;
import java.util.function.Predicate;

/**
 * A miss that may be answered by the tier. Immutable.
 *
 * @param key frozen
 * @param plan by which the query is read, compared as an object
 * @param stamp taken before the tier is asked
 * @param meets whether a change may alter the answer
 * @param bounds what the answer may be, and is worth
 */
public record TierRead(
    CacheKey key, Object plan, Stamp stamp, Predicate<ChangeSet> meets, Bounds bounds) {

  /**
   * What an answer may be, and is worth.
   *
   * @param maxAgeNanos how old it may be; {@link Long#MAX_VALUE} for any age
   * @param databaseNanos what the database usually takes for it
   * @param maxLoadWaitNanos how long another node's load of it may be waited for; 0 for not at all
   */
  public record Bounds(long maxAgeNanos, long databaseNanos, long maxLoadWaitNanos) {}
}
