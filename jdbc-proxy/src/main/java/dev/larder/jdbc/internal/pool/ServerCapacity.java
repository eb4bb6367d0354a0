package dev.larder.jdbc.internal.pool;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** How many connections can a server still give? Stateless and thread-safe. */
final class ServerCapacity {

  private static final String POSTGRESQL =
      """
      select current_setting('max_connections')::int
        - current_setting('superuser_reserved_connections')::int
        - (select count(*) from pg_stat_activity where backend_type = 'client backend')
      """;

  private static final String MARIADB =
      """
      select @@max_connections - (select variable_value from information_schema.global_status
        where variable_name = 'THREADS_CONNECTED')
      """;

  private ServerCapacity() {}

  /**
   * How many more, or {@link Integer#MAX_VALUE} for a product that has no such limit or no word.
   */
  static int free(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
    String sql =
        switch (product) {
          case "postgresql" -> POSTGRESQL;
          case "mariadb" -> MARIADB;
          default -> "";
        };
    if (sql.isEmpty()) {
      return Integer.MAX_VALUE;
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? Math.max(0, row.getInt(1)) : Integer.MAX_VALUE;
    }
  }
}
