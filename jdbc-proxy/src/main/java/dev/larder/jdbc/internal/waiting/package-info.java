/** How does the thread that uses a connection wait, and who may end that? */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.waiting;
