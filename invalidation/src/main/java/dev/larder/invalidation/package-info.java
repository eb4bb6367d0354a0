/**
 * What has changed? The words in which applications, sources and Larder's own writes say it, and
 * the hooks to say it by. Knows no SQL and no ORM.
 */
@org.jspecify.annotations.NullMarked
package dev.larder.invalidation;
