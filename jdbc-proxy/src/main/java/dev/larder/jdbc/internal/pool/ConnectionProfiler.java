package dev.larder.jdbc.internal.pool;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Finds out what a physical connection is like, once in its life.
 *
 * <p>Larder's own pool asks right after the driver opened the connection, before HikariCP or anyone
 * else touched it, so what the driver and the URL decided (auto-commit, isolation, schema) is still
 * to be seen. A pool that is not Larder's is asked about when it lends a connection for the first
 * time. The profile must not refer to the connection, which would otherwise never be forgotten.
 *
 * @param <P> what is known of a connection
 */
@FunctionalInterface
public interface ConnectionProfiler<P> {
  P profile(Connection raw) throws SQLException;

  /**
   * How many connections the server that one leads to can still give to its user; {@link
   * Integer#MAX_VALUE} where there is no such limit, or no word for it.
   */
  default int freeConnections(Connection raw) throws SQLException {
    return Integer.MAX_VALUE;
  }
}
