package dev.larder.jdbc.internal.pool;

import java.sql.Connection;
import java.sql.SQLException;

/** The two ways back for a connection on loan. Thread-safe. */
interface ConnectionReturn {
  void release(Connection connection) throws SQLException;

  void discard(Connection connection);

  /** Whether the connection is of a pool that is Larder's own. */
  default boolean isOfOwnPool() {
    return false;
  }
}
