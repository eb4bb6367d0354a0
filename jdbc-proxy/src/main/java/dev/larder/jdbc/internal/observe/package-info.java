/** Why was this served or not? Explanations, counters, metrics. */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.observe;
