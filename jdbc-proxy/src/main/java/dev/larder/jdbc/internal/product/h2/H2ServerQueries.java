package dev.larder.jdbc.internal.product.h2;

import dev.larder.jdbc.internal.session.Backend;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.session.ServerQueries;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks an H2 database of its sessions. Stateless. */
final class H2ServerQueries implements ServerQueries {

  /**
   * The codes for a connection or database that went away; the SQLSTATEs are these numbers (H2's
   * ErrorCode documentation).
   */
  private static final Set<String> GONE = Set.of("90007", "90067", "90098", "90121", "90135");

  private static final String IS_ADMIN =
      "select count(*) from information_schema.users where user_name = current_user and is_admin";

  @Override
  public boolean isAtWork(Connection connection, Backend backend) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select count(*) from information_schema.sessions where session_id = ?")) {
      statement.setLong(1, backend.id());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getLong(1) > 0;
      }
    }
  }

  @Override
  public boolean wouldSee(Connection connection, PhysicalProfile asking, PhysicalProfile lost)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(IS_ADMIN)) {
      return row.next() && row.getLong(1) > 0;
    }
  }

  /** Names are spelled in too many ways to compare: any prepared transaction counts. */
  @Override
  public boolean isPrepared(Connection connection, String id) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select transaction_name from information_schema.in_doubt")) {
      return rows.next();
    }
  }

  @Override
  public boolean mayHaveLostConnection(String state) {
    return GONE.contains(state);
  }

  @Override
  public boolean mayHaveRunAlone(@Nullable String state) {
    return false;
  }
}
