/** How does H2's driver answer? From its own values, by their own conversions. */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.result.driver.h2;
