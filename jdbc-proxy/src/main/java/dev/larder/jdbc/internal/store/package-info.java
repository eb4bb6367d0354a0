/** Is there an answer for this key? Keys, snapshots in memory, one load at a time per key. */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.store;
