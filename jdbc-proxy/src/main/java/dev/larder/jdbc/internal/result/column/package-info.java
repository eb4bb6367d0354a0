/**
 * How are the values of a column kept? Packed by their kind, read row by row, shown as what JDBC
 * has for them; nothing here knows a driver.
 */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.result.column;
