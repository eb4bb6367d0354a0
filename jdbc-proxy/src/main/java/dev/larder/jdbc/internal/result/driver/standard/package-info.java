/** What does JDBC itself fix, for a driver that nobody has compared? */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.result.driver.standard;
