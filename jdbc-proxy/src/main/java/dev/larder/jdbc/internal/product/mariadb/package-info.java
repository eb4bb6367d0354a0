/** What is it that only MariaDB does? */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.product.mariadb;
