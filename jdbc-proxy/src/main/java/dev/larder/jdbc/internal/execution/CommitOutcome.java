package dev.larder.jdbc.internal.execution;

import dev.larder.invalidation.OutcomeProbe;
import dev.larder.invalidation.OutcomeProbe.Outcome;
import dev.larder.jdbc.internal.analysis.Dialect;
import dev.larder.jdbc.internal.connection.PhysicalConnections;
import dev.larder.jdbc.internal.session.Backend;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether the database answered a commit, and if it did not, how to ask it later. Thread-safe. */
public final class CommitOutcome {

  /**
   * H2's codes for a connection or database that went away; its SQLSTATEs are these numbers (H2's
   * ErrorCode documentation).
   */
  private static final Set<String> H2_GONE = Set.of("90007", "90067", "90098", "90121", "90135");

  private final PhysicalConnections lender;

  public CommitOutcome(PhysicalConnections lender) {
    this.lender = lender;
  }

  /**
   * Whether a failure is the server's own word on the statement, after which nothing of it is under
   * way. Whatever does not look like that is not.
   */
  static boolean isAnswered(Throwable failure, Connection connection) {
    if (!(failure instanceof SQLException sql)) {
      return false;
    }
    String state = sql.getSQLState();
    boolean connectionIsLost =
        state == null
            || state.length() != 5
            || state.startsWith("08")
            // PostgreSQL: admin shutdown, crash shutdown, cannot connect now.
            || state.startsWith("57P0")
            // MariaDB: the connection was killed.
            || state.equals("70100")
            || H2_GONE.contains(state);
    if (connectionIsLost) {
      return false;
    }
    try {
      return !connection.isClosed();
    } catch (SQLException e) {
      return false;
    }
  }

  /**
   * Asks, on another connection, whether the server's end of a lost one is still there.
   *
   * @param preparedId the name under which the transaction may live on, or null
   */
  OutcomeProbe probe(Dialect dialect, PhysicalProfile lost, @Nullable String preparedId) {
    if (!lost.backend().known()) {
      return () -> Outcome.CANNOT_TELL;
    }
    return () -> ask(dialect, lost, preparedId);
  }

  /** Asks whether a transaction that the server said is prepared still is. */
  OutcomeProbe preparedProbe(Dialect dialect, String preparedId) {
    return () -> ask(dialect, null, preparedId);
  }

  private Outcome ask(
      Dialect dialect, @Nullable PhysicalProfile lost, @Nullable String preparedId) {
    try {
      Outcome outcome =
          lender.askProfiled(
              (connection, asking) -> {
                if (lost != null) {
                  if (isAtWork(connection, dialect, lost.backend())) {
                    return Outcome.RUNNING;
                  }
                  if (!seesOthers(connection, dialect, asking, lost)) {
                    return Outcome.CANNOT_TELL;
                  }
                }
                return preparedId != null && isPrepared(connection, dialect, preparedId)
                    ? Outcome.RUNNING
                    : Outcome.FINISHED;
              });
      return outcome == null ? Outcome.CANNOT_TELL : outcome;
    } catch (SQLException e) {
      return lender.isClosed() ? Outcome.CANNOT_TELL : Outcome.NO_ANSWER;
    }
  }

  /**
   * A backend that waits for its client may yet be handed a statement that is on its way, so only
   * one that is gone has finished.
   */
  private static boolean isAtWork(Connection connection, Dialect dialect, Backend backend)
      throws SQLException {
    String sql =
        switch (dialect) {
          case POSTGRESQL -> "select count(*) from pg_stat_activity where pid = ?";
          case MARIADB -> "select count(*) from information_schema.processlist where id = ?";
          case H2 -> "select count(*) from information_schema.sessions where session_id = ?";
          case OTHER -> throw new SQLException("no way to ask this product", "0A000");
        };
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, backend.id());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getLong(1) > 0;
      }
    }
  }

  /** Whether this user would see the lost one's session if it were there. */
  private static boolean seesOthers(
      Connection connection, Dialect dialect, PhysicalProfile asking, PhysicalProfile lost)
      throws SQLException {
    String sql =
        switch (dialect) {
          case H2 ->
              "select count(*) from information_schema.users"
                  + " where user_name = current_user and is_admin";
          case MARIADB ->
              "select count(*) from information_schema.user_privileges where privilege_type ="
                  + " 'PROCESS' and grantee = concat('''', replace(current_user(), '@', '''@'''),"
                  + " '''')";
          case POSTGRESQL, OTHER -> "";
        };
    if (sql.isEmpty()
        || (dialect == Dialect.MARIADB
            && asking.baseline().user().equals(lost.baseline().user()))) {
      return true;
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() && row.getLong(1) > 0;
    }
  }

  private static boolean isPrepared(Connection connection, Dialect dialect, String id)
      throws SQLException {
    if (dialect == Dialect.POSTGRESQL) {
      try (PreparedStatement statement =
          connection.prepareStatement("select count(*) from pg_prepared_xacts where gid = ?")) {
        statement.setString(1, id);
        try (ResultSet row = statement.executeQuery()) {
          return row.next() && row.getLong(1) > 0;
        }
      }
    }
    // Names are spelled in too many ways to compare: any prepared transaction counts.
    String sql =
        dialect == Dialect.MARIADB
            ? "xa recover"
            : "select transaction_name from information_schema.in_doubt";
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next();
    }
  }
}
