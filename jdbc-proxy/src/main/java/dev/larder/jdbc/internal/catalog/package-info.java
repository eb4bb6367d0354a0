/**
 * What does the database's own catalogue add to the text? Views, triggers, cascades, partitions,
 * functions.
 */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.catalog;
