/** Is there an answer for this key? Keys, snapshots in memory, one flight per key. */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.store;
