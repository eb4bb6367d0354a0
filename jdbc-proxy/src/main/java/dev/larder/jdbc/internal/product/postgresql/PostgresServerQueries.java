package dev.larder.jdbc.internal.product.postgresql;

import dev.larder.jdbc.internal.session.Backend;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.session.ServerQueries;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Asks a PostgreSQL server of its sessions. Stateless. */
final class PostgresServerQueries implements ServerQueries {

  /** Also what a time limit of the server's ends. */
  private static final String CANCELLED = "57014";

  /** Every user may ask how many connections each database has, but not whose they are. */
  private static final String FREE_CONNECTIONS =
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

  @Override
  public boolean isAtWork(Connection connection, Backend backend) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select count(*) from pg_stat_activity where pid = ?")) {
      statement.setLong(1, backend.id());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getLong(1) > 0;
      }
    }
  }

  /** Everybody sees that a session is there. */
  @Override
  public boolean wouldSee(Connection connection, PhysicalProfile asking, PhysicalProfile lost) {
    return true;
  }

  @Override
  public boolean isPrepared(Connection connection, String id) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select count(*) from pg_prepared_xacts where gid = ?")) {
      statement.setString(1, id);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getLong(1) > 0;
      }
    }
  }

  /** Admin shutdown, crash shutdown, cannot connect now. */
  @Override
  public boolean mayHaveLostConnection(String state) {
    return state.startsWith("57P0");
  }

  @Override
  public boolean mayHaveRunAlone(@Nullable String state) {
    return CANCELLED.equals(state);
  }

  @Override
  public int freeConnections(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(FREE_CONNECTIONS)) {
      return row.next() ? row.getInt(1) : Integer.MAX_VALUE;
    }
  }
}
