/** Asking Larder itself, in SQL. */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.ask;
