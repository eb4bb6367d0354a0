/** What is it that only MySQL does? */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.product.mysql;
