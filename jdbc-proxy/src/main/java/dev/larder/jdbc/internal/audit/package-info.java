/** Would the database have answered the same? A share of the hits is asked again. */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.audit;
