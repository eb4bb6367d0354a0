package dev.larder.jdbc.internal.product.mysqlprotocol;

import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.session.ServerQueries;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Asks a server of its sessions, but for what is at work in one. Stateless. */
public abstract class SessionQueries implements ServerQueries {

  private static final String MAY_SEE_ALL =
      "select count(*) from information_schema.user_privileges where privilege_type ="
          + " 'PROCESS' and grantee = concat('''', replace(current_user(), '@', '''@'''),"
          + " '''')";

  private final String freeConnections;

  /**
   * @param freeConnections asks how many connections may still be opened
   */
  protected SessionQueries(String freeConnections) {
    this.freeConnections = freeConnections;
  }

  @Override
  public final boolean wouldSee(Connection connection, PhysicalProfile asking, PhysicalProfile lost)
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
  public final boolean isPrepared(Connection connection, String id) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("xa recover")) {
      return rows.next();
    }
  }

  /** The connection was killed. */
  @Override
  public final boolean mayHaveLostConnection(String state) {
    return state.equals("70100");
  }

  /**
   * The server's errors bear its numbers. A driver's own bear none, or one of those that the manual
   * keeps for clients: 2000 to 2999.
   */
  @Override
  public final boolean isServersWord(SQLException failure) {
    int number = failure.getErrorCode();
    return number > 0 && number / 1_000 != 2;
  }

  @Override
  public final boolean mayHaveRunAlone(@Nullable String state) {
    return false;
  }

  @Override
  public final int freeConnections(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(freeConnections)) {
      return row.next() ? row.getInt(1) : Integer.MAX_VALUE;
    }
  }
}
