/** What is it that only PostgreSQL does? */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.product.postgresql;
