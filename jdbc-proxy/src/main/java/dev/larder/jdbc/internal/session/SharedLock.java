package dev.larder.jdbc.internal.session;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A lock in the database that means nothing to it, that several sessions hold at a time, and that
 * others see. It lives as long as its connection. Implementations are stateless.
 */
public interface SharedLock {

  /**
   * Takes the lock on behalf of this connection.
   *
   * @param seconds how long the database may take to answer
   */
  void take(Connection connection, int seconds) throws SQLException;

  /**
   * Whether any session of this database holds the lock.
   *
   * @param seconds how long the database may take to answer
   */
  boolean isHeldByAnyone(Connection connection, int seconds) throws SQLException;
}
