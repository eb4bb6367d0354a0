/** How soon does one process see what another has written? */
@org.jspecify.annotations.NullMarked
package dev.larder.examples.twonodes;
