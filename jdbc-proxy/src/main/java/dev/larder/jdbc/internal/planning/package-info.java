/**
 * What does a text do, by the catalogue as it is now? Remembers the texts that were met with their
 * plans, and keeps the catalogue at hand.
 */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.planning;
