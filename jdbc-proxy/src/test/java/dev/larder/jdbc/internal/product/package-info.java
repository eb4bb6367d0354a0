/** Does every product keep what the other rooms rely on? */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.product;
