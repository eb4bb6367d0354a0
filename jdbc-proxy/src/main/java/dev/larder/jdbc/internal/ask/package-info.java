/** What can an application ask Larder itself, in SQL, and what is an answer of Larder's own? */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.ask;
