package dev.larder.jdbc.internal.analysis;

import org.jspecify.annotations.Nullable;

/**
 * What a FROM list names once. Immutable and thread-safe.
 *
 * @param table null for a derived table, of which no columns are known
 * @param alias by which columns are qualified
 */
record FromItem(@Nullable ObjectName table, String alias) {}
