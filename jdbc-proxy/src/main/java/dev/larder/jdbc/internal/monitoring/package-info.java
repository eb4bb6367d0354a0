/** How is a server asked the same thing again and again, beside the work that it is there for? */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.monitoring;
