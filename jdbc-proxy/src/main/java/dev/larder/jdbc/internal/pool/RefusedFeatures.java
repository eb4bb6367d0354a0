package dev.larder.jdbc.internal.pool;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Keeps a connection whose server refused a feature. HikariCP takes SQLSTATE 0A000 for a broken
 * connection and closes it, transaction and all; but PostgreSQL says it of a TRUNCATE of a table
 * that others refer to, and goes on. Stateless and thread-safe.
 */
final class RefusedFeatures implements SQLExceptionOverride {

  @java.lang.Override
  public Override adjudicate(SQLException failure) {
    return "0A000".equals(failure.getSQLState()) ? Override.DO_NOT_EVICT : Override.CONTINUE_EVICT;
  }
}
