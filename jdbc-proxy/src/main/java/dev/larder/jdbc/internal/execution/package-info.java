/** What happens when a statement is executed? The one pipeline. */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.execution;
