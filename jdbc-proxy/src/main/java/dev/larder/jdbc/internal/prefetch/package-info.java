/** What will a connection ask next, and may it be loaded now? */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.prefetch;
