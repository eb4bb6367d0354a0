package dev.larder.jdbc.internal.pool;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;

/** Gives connections back to a HikariCP pool. Thread-safe. */
final class HikariReturn implements ConnectionReturn {
  private final HikariDataSource pool;

  HikariReturn(HikariDataSource pool) {
    this.pool = pool;
  }

  @Override
  public void release(Connection connection) throws SQLException {
    connection.close();
  }

  /*
   * Evicting makes the pool close the connection below it. Where that is a wrapper, closing it may
   * only hand the session on to a pool that is not known as one, so the driver's own is aborted.
   */
  @Override
  public void discard(Connection connection) {
    if (isOverWrapper(connection)) {
      ForeignReturn.abort(connection);
    }
    pool.evictConnection(connection);
    ForeignReturn.closeQuietly(connection);
  }

  private static boolean isOverWrapper(Connection connection) {
    if (!connection.getClass().getName().startsWith("com.zaxxer.hikari.")) {
      return true;
    }
    try {
      Connection below = connection.unwrap(Connection.class);
      return PhysicalIdentity.of(below) != below;
    } catch (SQLException | RuntimeException unknown) {
      return true;
    }
  }
}
