package dev.larder.jdbc.internal.result.driver;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The way from a result in memory to the driver's own result of the same query, for the getters
 * that only the driver can answer. For one thread, as a ResultSet is.
 */
public interface DriverFallback {

  /**
   * The driver's own result, on the row that this one is on. From now on that one answers every
   * call.
   *
   * @param what was asked for
   */
  ResultSet handOver(String what) throws SQLException;

  /** Notes whether the value that the driver gave was NULL. */
  void wasNull(boolean wasNull);
}
