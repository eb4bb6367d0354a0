/** What happens when a statement is executed? Memory answers it, another load, or a node. */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.execution;
