package dev.larder.jdbc.internal.bind;

import java.sql.SQLException;
import java.util.function.Predicate;

/**
 * The value of a class that only one driver has, as a parameter: a copy of what the driver sends
 * for it, equal to another if the driver sends the same. Immutable and thread-safe.
 */
public interface DriverValue {

  /** A new object of the driver's, which sends the same. */
  Object own() throws SQLException;

  /** Whether every connection of the driver takes it. */
  boolean isTaken();

  /** About how many bytes it holds. */
  long bytes();

  /** Whether a text that it is sent as passes a test. */
  boolean anyText(Predicate<String> test);
}
