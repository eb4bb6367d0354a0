/**
 * What does an application see of Larder? A DataSource, a Driver, and what they can tell about
 * themselves.
 */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc;
