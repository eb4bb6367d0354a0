/** The meters of a data source, for Micrometer, which is optional. */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.micrometer;
