/** How is one data source put together, in which order does it end, and what is asked of it? */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.datasource;
