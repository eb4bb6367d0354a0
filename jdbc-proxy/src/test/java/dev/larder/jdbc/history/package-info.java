/**
 * Does every reader see what the database could have shown it? Many clients leave a history, and a
 * checker reads it.
 */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.history;
