/** Which database product is this, and what has every other room to know of it? */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.product;
