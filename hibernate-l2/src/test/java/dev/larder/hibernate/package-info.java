/** The second-level cache against real databases. */
@org.jspecify.annotations.NullUnmarked
package dev.larder.hibernate;
