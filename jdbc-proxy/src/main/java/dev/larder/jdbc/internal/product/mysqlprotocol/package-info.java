/** What do servers that speak the MySQL protocol have in common? */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.product.mysqlprotocol;
