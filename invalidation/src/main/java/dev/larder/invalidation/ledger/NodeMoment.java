package dev.larder.invalidation.ledger;

import java.util.UUID;

/**
 * The moment at which a node said a message, by the number that the message has among its own: what
 * it knew before is before that, for whoever has heard this message or a later one. Immutable and
 * thread-safe.
 */
public record NodeMoment(UUID node, long number) {}
