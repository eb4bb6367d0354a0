package dev.larder.jdbc.internal.session;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The exceptions with which a product's driver ends a statement that is at work: its own class as
 * far as JDBC names it, with its SQLSTATE and code. Implementations are stateless.
 *
 * <p>Unless a product says otherwise, they are what JDBC and the SQL standard suggest.
 */
public interface Interruptions {

  /** What JDBC and the standard suggest. */
  Interruptions STANDARD = new Interruptions() {};

  /** Whether a failure says that the application, or a time limit it set, ended the statement. */
  default boolean isInterruption(SQLException failure) {
    return "57014".equals(failure.getSQLState());
  }

  /** The statement was cancelled. */
  default SQLException cancelled(@Nullable Throwable cause) {
    return new SQLException("The statement was cancelled", "57014", cause);
  }

  /** The statement's time limit is over. */
  default SQLException timedOut(@Nullable Throwable cause) {
    return new SQLTimeoutException("The statement's time is over", "57014", cause);
  }

  /** The statement was closed. */
  default SQLException statementClosed(@Nullable Throwable cause) {
    return new SQLException("This statement has been closed", "55000", cause);
  }

  /** The statement's connection was closed. */
  default SQLException connectionClosed(@Nullable Throwable cause) {
    return new SQLNonTransientConnectionException(
        "This connection has been closed", "08003", cause);
  }
}
