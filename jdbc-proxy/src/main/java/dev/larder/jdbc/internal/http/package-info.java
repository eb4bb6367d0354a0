/** How is a small HTTP server kept from those whom nobody has let in? */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.http;
