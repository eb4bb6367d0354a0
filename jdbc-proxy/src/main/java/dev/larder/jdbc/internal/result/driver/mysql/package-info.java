/** What has MySQL Connector/J answered, and which getters may that answer later? */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.result.driver.mysql;
