/**
 * How does Larder hear of what others change in the database? Everything that speaks to a server.
 */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.source;
