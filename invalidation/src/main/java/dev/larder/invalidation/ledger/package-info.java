/**
 * May an answer that was read earlier be given now? The ledger's cells, and the proof that they
 * move in time. For Larder's own modules.
 */
@org.jspecify.annotations.NullMarked
package dev.larder.invalidation.ledger;
