package dev.larder.jdbc.internal.product.mysql;

import dev.larder.jdbc.internal.product.mysqlprotocol.SessionQueries;
import dev.larder.jdbc.internal.session.Backend;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Asks a MySQL server of its sessions. Stateless. */
final class MySqlServerQueries extends SessionQueries {

  private static final String FREE_CONNECTIONS =
      """
      select @@max_connections - (select variable_value from performance_schema.global_status
        where variable_name = 'Threads_connected')
      """;

  MySqlServerQueries() {
    super(FREE_CONNECTIONS);
  }

  /** SHOW is the one way that every release has and every user may go. */
  @Override
  public boolean isAtWork(Connection connection, Backend backend) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("show processlist")) {
      while (rows.next()) {
        if (rows.getLong("Id") == backend.id()) {
          return true;
        }
      }
      return false;
    }
  }
}
