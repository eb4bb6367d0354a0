package dev.larder.jdbc.internal.proxy;

import dev.larder.jdbc.internal.analysis.Dialect;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import org.jspecify.annotations.Nullable;

/** Why a statement waits no longer, and what the driver says where that ends one at work. */
enum WaitEnd {
  CANCELLED,
  TIMED_OUT,
  STATEMENT_CLOSED,
  CONNECTION_CLOSED;

  /**
   * The driver's own class as far as JDBC names it, with its SQLSTATE and code.
   *
   * @param cause what the wait itself ended with, or null
   */
  SQLException exception(Dialect dialect, @Nullable Throwable cause) {
    return switch (dialect) {
      case POSTGRESQL ->
          this == CONNECTION_CLOSED
              ? new SQLException("The connection was closed while it was in use.", "08006", cause)
              : new SQLException("ERROR: canceling statement due to user request", "57014", cause);
      case MARIADB -> mariadb(cause);
      case H2 ->
          this == STATEMENT_CLOSED
              ? new SQLNonTransientException("The object is already closed", "90007", 90007, cause)
              : new SQLTimeoutException(
                  "Statement was canceled or the session timed out", "57014", 57014, cause);
      case OTHER -> other(cause);
    };
  }

  private SQLException mariadb(@Nullable Throwable cause) {
    return switch (this) {
      case CANCELLED ->
          new SQLTimeoutException("Query execution was interrupted", "70100", 1317, cause);
      case TIMED_OUT ->
          new SQLTimeoutException(
              "Query execution was interrupted (max_statement_time exceeded)",
              "70100",
              1969,
              cause);
      case STATEMENT_CLOSED ->
          new SQLSyntaxErrorException(
              "Cannot do an operation on a closed statement", "42000", -1, cause);
      case CONNECTION_CLOSED ->
          new SQLNonTransientConnectionException(
              "The connection was closed while it was in use", "08000", -1, cause);
    };
  }

  private SQLException other(@Nullable Throwable cause) {
    return switch (this) {
      case CANCELLED -> new SQLException("The statement was cancelled", "57014", cause);
      case TIMED_OUT -> new SQLTimeoutException("The statement's time is over", "57014", cause);
      case STATEMENT_CLOSED -> new SQLException("This statement has been closed", "55000", cause);
      case CONNECTION_CLOSED ->
          new SQLNonTransientConnectionException("This connection has been closed", "08003", cause);
    };
  }
}
