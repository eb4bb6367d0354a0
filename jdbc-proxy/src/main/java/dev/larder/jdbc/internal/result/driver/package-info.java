/**
 * How does a driver answer? The behaviour that a result in memory copies: what its columns and its
 * metadata say, how its cursor moves, what it throws.
 */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.result.driver;
