/** How often did what happen? */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.observe;
