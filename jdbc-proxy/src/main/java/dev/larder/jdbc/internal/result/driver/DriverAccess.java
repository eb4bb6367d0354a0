package dev.larder.jdbc.internal.result.driver;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The connection that a cached result belongs to, for the few getters that have to go to the
 * driver. As thread-safe as a connection.
 */
public interface DriverAccess {

  /** The driver's own connection, for nothing that writes or is handed on. */
  <T> T driversOwn(Class<T> type) throws SQLException;

  /** A result of the driver's own connection, as the application may have it. */
  ResultSet withStatementOfItsOwn(ResultSet own);

  /** The driver's own connection behind a statement. */
  static <T> T driversOwn(Statement owner, Class<T> type) throws SQLException {
    Connection connection = owner.getConnection();
    return connection instanceof DriverAccess access
        ? access.driversOwn(type)
        : connection.unwrap(type);
  }

  /** A result of the driver's own connection behind a statement, as the application may have it. */
  static ResultSet ofItsOwn(Statement owner, ResultSet own) throws SQLException {
    return owner.getConnection() instanceof DriverAccess access
        ? access.withStatementOfItsOwn(own)
        : own;
  }
}
