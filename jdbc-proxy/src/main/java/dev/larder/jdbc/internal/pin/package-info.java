/** Which small tables are in memory as a whole, and what is answered from them? */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.pin;
