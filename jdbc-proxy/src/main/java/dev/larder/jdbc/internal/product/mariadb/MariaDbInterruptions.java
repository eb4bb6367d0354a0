package dev.larder.jdbc.internal.product.mariadb;

import dev.larder.jdbc.internal.session.Interruptions;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import org.jspecify.annotations.Nullable;

/** The exceptions with which MariaDB's driver ends a statement. Stateless. */
final class MariaDbInterruptions implements Interruptions {

  @Override
  public SQLException cancelled(@Nullable Throwable cause) {
    return new SQLTimeoutException("Query execution was interrupted", "70100", 1317, cause);
  }

  @Override
  public SQLException timedOut(@Nullable Throwable cause) {
    return new SQLTimeoutException(
        "Query execution was interrupted (max_statement_time exceeded)", "70100", 1969, cause);
  }

  @Override
  public SQLException statementClosed(@Nullable Throwable cause) {
    return new SQLSyntaxErrorException(
        "Cannot do an operation on a closed statement", "42000", -1, cause);
  }

  @Override
  public SQLException connectionClosed(@Nullable Throwable cause) {
    return new SQLNonTransientConnectionException(
        "The connection was closed while it was in use", "08000", -1, cause);
  }
}
