/** What is loaded before anybody asks for it, and when does that pay? */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.ahead;
