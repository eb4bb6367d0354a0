/** What did the database answer? Bounded capture, an immutable snapshot, a fresh cursor per hit. */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.result;
