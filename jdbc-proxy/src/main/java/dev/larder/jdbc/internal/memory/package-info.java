/** How much of the heap does something take? Estimates, for bounds that are given in bytes. */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.memory;
