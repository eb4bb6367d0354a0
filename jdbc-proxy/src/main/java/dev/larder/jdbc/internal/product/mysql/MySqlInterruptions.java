package dev.larder.jdbc.internal.product.mysql;

import dev.larder.jdbc.internal.session.Interruptions;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.SQLTimeoutException;
import org.jspecify.annotations.Nullable;

/** The exceptions with which MySQL's driver ends a statement. Stateless. */
final class MySqlInterruptions implements Interruptions {

  /**
   * The driver's own have no SQLSTATE; the server's has that of a statement or a session that was
   * killed.
   */
  @Override
  public boolean isInterruption(SQLException failure) {
    String state = failure.getSQLState();
    return failure instanceof SQLTimeoutException
        || "70100".equals(state)
        || (state == null && failure instanceof SQLNonTransientException);
  }

  @Override
  public SQLException cancelled(@Nullable Throwable cause) {
    return new SQLNonTransientException(
        "Statement cancelled due to client request", null, 0, cause);
  }

  @Override
  public SQLException timedOut(@Nullable Throwable cause) {
    return new SQLTimeoutException(
        "Statement cancelled due to timeout or client request", null, 0, cause);
  }

  @Override
  public SQLException statementClosed(@Nullable Throwable cause) {
    return new SQLException("No operations allowed after statement closed.", "S1009", cause);
  }

  @Override
  public SQLException connectionClosed(@Nullable Throwable cause) {
    return new SQLNonTransientConnectionException(
        "No operations allowed after connection closed.", "08003", cause);
  }
}
