/**
 * By what do the messages of nodes travel?
 *
 * <p>What is here is implemented in a module of its own, so that a client of Redis is there only
 * for those who want it.
 */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.transport;
