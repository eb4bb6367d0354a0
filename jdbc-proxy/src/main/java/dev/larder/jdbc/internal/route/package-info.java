/** Where does a miss run? */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.route;
