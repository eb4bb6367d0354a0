package dev.larder.jdbc.internal.pool;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/**
 * How many connections a server can still give to this user; {@link Integer#MAX_VALUE} for a
 * product that has no such limit or no word for it. Immutable and thread-safe.
 */
record ServerCapacity(int free) {

  /*
   * A pool with "open" connections may have 80 % of open + free / nodes. Where each of n pools wants more than that, each ends with
   * 4 / n of what is left free: all have the same, together they have 80 % of what there is for them, and nobody has to know what
   * the others do. A pool alone among others that want little gets what they leave. What others take shows as fewer free, and each
   * gives way a little; but none below the size that it began with as long as the server has it.
   */
  private static final double SHARE = 0.8;

  /** Every user may ask how many connections each database has, but not whose they are. */
  private static final String POSTGRESQL =
      """
      select least(
        current_setting('max_connections')::int
          - current_setting('superuser_reserved_connections')::int
          - (select sum(numbackends) from pg_stat_database),
        (select nullif(datconnlimit, -1) - pg_stat_get_db_numbackends(oid)
          from pg_database where datname = current_database()),
        (select nullif(rolconnlimit, -1)
            - (select count(*) from pg_stat_activity where usename = rolname)
          from pg_roles where rolname = session_user))
      """;

  private static final String MARIADB =
      """
      select @@max_connections - (select variable_value from information_schema.global_status
        where variable_name = 'THREADS_CONNECTED')
      """;

  private static final ServerCapacity UNLIMITED = new ServerCapacity(Integer.MAX_VALUE);

  /** Asks the server that the connection leads to. */
  static ServerCapacity of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
    String sql =
        switch (product) {
          case "postgresql" -> POSTGRESQL;
          case "mariadb" -> MARIADB;
          default -> "";
        };
    if (sql.isEmpty()) {
      return UNLIMITED;
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? new ServerCapacity(Math.max(0, row.getInt(1))) : UNLIMITED;
    }
  }

  /**
   * How many connections a pool may have at most.
   *
   * @param open how many it has
   * @param first how many it may have where the server has them to give
   * @param nodes how many pools share the server, this one included
   */
  int limit(int open, int first, int nodes) {
    if (free == Integer.MAX_VALUE) {
      return Integer.MAX_VALUE;
    }
    int part = free / nodes;
    int fair = (int) (SHARE * (open + part));
    return Math.max(1, Math.max(fair, Math.min(first, open + (int) (SHARE * part))));
  }
}
