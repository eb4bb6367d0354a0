package dev.larder.jdbc.internal.product.mariadb;

import dev.larder.jdbc.internal.product.mysqlprotocol.SessionQueries;
import dev.larder.jdbc.internal.session.Backend;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Asks a MariaDB server of its sessions. Stateless. */
final class MariaDbServerQueries extends SessionQueries {

  private static final String FREE_CONNECTIONS =
      """
      select @@max_connections - (select variable_value from information_schema.global_status
        where variable_name = 'THREADS_CONNECTED')
      """;

  MariaDbServerQueries() {
    super(FREE_CONNECTIONS);
  }

  @Override
  public boolean isAtWork(Connection connection, Backend backend) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select count(*) from information_schema.processlist where id = ?")) {
      statement.setLong(1, backend.id());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getLong(1) > 0;
      }
    }
  }
}
