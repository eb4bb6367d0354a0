package dev.larder.jdbc.internal.pool;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Keeps a connection that refused something and goes on, which HikariCP takes for broken and would
 * close, transaction and all. Stateless and thread-safe.
 */
final class RefusedFeatures implements SQLExceptionOverride {

  /*
   * PostgreSQL says 0A000 of a TRUNCATE of a table that others refer to. MySQL Connector/J says 08003
   * of a connection that is lost, but also of commit() and rollback() in auto-commit mode, which only
   * its words tell apart.
   */

  @java.lang.Override
  public Override adjudicate(SQLException failure) {
    String message = failure.getMessage();
    boolean refused =
        "0A000".equals(failure.getSQLState())
            || ("08003".equals(failure.getSQLState())
                && message != null
                && message.contains("autocommit=true"));
    return refused ? Override.DO_NOT_EVICT : Override.CONTINUE_EVICT;
  }
}
