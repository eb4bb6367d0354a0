/** What is it that only H2 does? */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.product.h2;
