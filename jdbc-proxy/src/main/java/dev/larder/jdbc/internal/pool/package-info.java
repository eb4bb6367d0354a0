/** Which physical connection does a statement get? */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.pool;
