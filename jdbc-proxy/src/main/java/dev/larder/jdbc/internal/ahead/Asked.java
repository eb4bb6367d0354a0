package dev.larder.jdbc.internal.ahead;

import dev.larder.invalidation.ledger.TrackedFootprint;
import dev.larder.jdbc.internal.planning.CachedStatement;

/**
 * What an answer that is kept was loaded for. Immutable.
 *
 * @param footprint what it depends on
 * @param maxAgeNanos how old it may be
 */
public record Asked(CachedStatement text, TrackedFootprint footprint, long maxAgeNanos) {}
