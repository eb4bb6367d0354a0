/**
 * How does a call reach the driver unchanged? Mechanical forwarders with no logic, proven complete
 * by one test.
 */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.delegate;
