package dev.larder.hibernate.internal.storage;

import dev.larder.invalidation.ledger.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * What is kept for a key. Immutable and thread-safe.
 *
 * @param stamp where the ledger stood for what the value depends on; null where the region's reader
 *     has another way to tell
 * @param region the word of the region's own version when it was put
 * @param since the position since which the database holds this state
 * @param readAtNanos {@link System#nanoTime()} before it was read
 */
record Entry(Object value, @Nullable Stamp stamp, long region, long since, long readAtNanos) {}
