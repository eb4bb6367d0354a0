/** How does Larder hear of changes through the binary log of MySQL and MariaDB? */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.source.binlog;
