/** Which rows does one execution of a statement read or write? Told by the values of columns. */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.rows;
