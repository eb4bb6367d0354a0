package dev.larder.jdbc.internal.product.h2;

import dev.larder.jdbc.internal.session.Interruptions;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.sql.SQLTimeoutException;
import org.jspecify.annotations.Nullable;

/** The exceptions with which H2's driver ends a statement. Stateless. */
final class H2Interruptions implements Interruptions {

  @Override
  public SQLException cancelled(@Nullable Throwable cause) {
    return new SQLTimeoutException(
        "Statement was canceled or the session timed out", "57014", 57014, cause);
  }

  @Override
  public SQLException timedOut(@Nullable Throwable cause) {
    return cancelled(cause);
  }

  @Override
  public SQLException statementClosed(@Nullable Throwable cause) {
    return new SQLNonTransientException("The object is already closed", "90007", 90007, cause);
  }

  @Override
  public SQLException connectionClosed(@Nullable Throwable cause) {
    return cancelled(cause);
  }
}
