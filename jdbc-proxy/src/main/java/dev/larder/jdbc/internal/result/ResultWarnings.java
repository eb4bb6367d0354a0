package dev.larder.jdbc.internal.result;

import dev.larder.jdbc.internal.result.driver.DriverBehavior;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * The warnings that an execution left, as far as they had to be taken to know. Immutable.
 *
 * @param taken those that had to be taken to know, for the application; null where there are none,
 *     or where the driver still has them
 */
public record ResultWarnings(boolean areThere, @Nullable SQLWarning taken) {

  /** The warnings of a result and its statement, before its first row was read. */
  public static ResultWarnings by(ResultSet live, DriverBehavior behavior) throws SQLException {
    if (behavior.isProven()) {
      return new ResultWarnings(behavior.hasWarnings(live), null);
    }
    // Nobody knows whether such a driver tells them twice.
    SQLWarning taken = live.getWarnings();
    Statement statement = live.getStatement();
    if (taken == null && statement != null) {
      taken = statement.getWarnings();
    }
    return new ResultWarnings(taken != null, taken);
  }
}
