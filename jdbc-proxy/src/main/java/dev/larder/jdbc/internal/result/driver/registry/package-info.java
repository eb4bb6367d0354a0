/** Which driver is behind a connection, and is its release one whose behaviour was proven? */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.result.driver.registry;
