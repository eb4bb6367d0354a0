/** What was a connection answered lately, and what did it look up by that? */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.trail;
