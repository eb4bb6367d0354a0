/**
 * What has changed, and could this answer have changed with it? The ledger, its cells and stamps,
 * and the hooks and sources that feed it. Knows no SQL and no ORM.
 */
@org.jspecify.annotations.NullMarked
package dev.larder.invalidation;
