package dev.larder.jdbc.internal.result.driver;

import java.sql.SQLException;

/**
 * The connection that a cached result belongs to, for the few getters that have to go to the
 * driver. As thread-safe as a connection.
 */
public interface DriverAccess {

  /** The driver's own connection, for nothing that writes or is handed on. */
  <T> T driversOwn(Class<T> type) throws SQLException;
}
