/** Which parameters were set? Recorded, compared for the key, replayed onto a real statement. */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.bind;
