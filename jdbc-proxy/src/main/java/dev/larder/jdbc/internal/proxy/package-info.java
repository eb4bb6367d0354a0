/**
 * What does the application hold? Connections and statements whose methods decide, and nothing
 * mechanical.
 */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.proxy;
