/**
 * How does MariaDB Connector/J answer? From the bytes of the text protocol, by the driver's own
 * decoders.
 */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.result.driver.mariadb;
