/** How does somebody outside of this program say what has changed? */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.remote;
