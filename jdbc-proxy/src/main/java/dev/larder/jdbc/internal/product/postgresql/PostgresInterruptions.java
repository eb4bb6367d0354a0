package dev.larder.jdbc.internal.product.postgresql;

import dev.larder.jdbc.internal.session.Interruptions;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The exceptions with which pgjdbc ends a statement. Stateless. */
final class PostgresInterruptions implements Interruptions {

  @Override
  public SQLException cancelled(@Nullable Throwable cause) {
    return new SQLException("ERROR: canceling statement due to user request", "57014", cause);
  }

  @Override
  public SQLException timedOut(@Nullable Throwable cause) {
    return cancelled(cause);
  }

  @Override
  public SQLException statementClosed(@Nullable Throwable cause) {
    return cancelled(cause);
  }

  @Override
  public SQLException connectionClosed(@Nullable Throwable cause) {
    return new SQLException("The connection was closed while it was in use.", "08006", cause);
  }
}
