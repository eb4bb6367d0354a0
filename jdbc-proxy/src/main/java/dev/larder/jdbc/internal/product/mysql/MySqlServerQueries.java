package dev.larder.jdbc.internal.product.mysql;

import dev.larder.jdbc.internal.session.Backend;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.session.ServerQueries;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Asks a MySQL server of its sessions. Stateless. */
final class MySqlServerQueries implements ServerQueries {

  private static final String FREE_CONNECTIONS =
      """
      select @@max_connections - (select variable_value from performance_schema.global_status
        where variable_name = 'Threads_connected')
      """;

  private static final String MAY_SEE_ALL =
      "select count(*) from information_schema.user_privileges where privilege_type ="
          + " 'PROCESS' and grantee = concat('\'', replace(current_user(), '@', '\'@\''),"
          + " '\'')";

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

  @Override
  public boolean wouldSee(Connection connection, PhysicalProfile asking, PhysicalProfile lost)
      throws SQLException {
    if (asking.baseline().user().equals(lost.baseline().user())) {
      return true;
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(MAY_SEE_ALL)) {
      return row.next() && row.getLong(1) > 0;
    }
  }

  /** Names are spelled in too many ways to compare: any prepared transaction counts. */
  @Override
  public boolean isPrepared(Connection connection, String id) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("xa recover")) {
      return rows.next();
    }
  }

  /** The connection was killed. */
  @Override
  public boolean mayHaveLostConnection(String state) {
    return state.equals("70100");
  }

  @Override
  public boolean mayHaveRunAlone(@Nullable String state) {
    return false;
  }

  @Override
  public int freeConnections(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(FREE_CONNECTIONS)) {
      return row.next() ? row.getInt(1) : Integer.MAX_VALUE;
    }
  }
}
