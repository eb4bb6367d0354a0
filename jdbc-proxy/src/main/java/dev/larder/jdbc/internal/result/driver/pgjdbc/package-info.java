/**
 * How does pgjdbc answer? From the text that a PostgreSQL server sends, by the driver's own
 * conversions.
 */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.result.driver.pgjdbc;
