/** What does Larder hold on to, whatever an application does, and after it was closed? */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.retention;
