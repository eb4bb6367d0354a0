/** Which situations does a query cache have to get right? One class for each. */
@NullMarked
package dev.larder.conformance.probe;

import org.jspecify.annotations.NullMarked;
