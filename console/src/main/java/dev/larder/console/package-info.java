/** How do people see what a data source does, and nobody else? */
@org.jspecify.annotations.NullMarked
package dev.larder.console;
