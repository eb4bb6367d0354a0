/** What can be said of a product of which nothing is known? */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.product.unknown;
