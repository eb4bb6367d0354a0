package dev.larder.jdbc.internal.source.binlog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The server's sessions that are in the middle of an XA COMMIT. Used by one thread.
 *
 * <p>A transaction is over for readers when the statement that commits it is: until then it is in
 * the list of what sessions do.
 */
final class XaCommits {

  private static final String MAY_SEE_ALL =
      "SELECT 1 FROM information_schema.USER_PRIVILEGES WHERE PRIVILEGE_TYPE = 'PROCESS'"
          + " AND GRANTEE = CONCAT('''', REPLACE(CURRENT_USER(), '@', '''@'''), '''')";

  private final Connection sql;
  private final boolean mayBeAsked;

  /** Looks whether this user sees what others do. */
  XaCommits(Connection sql) throws SQLException {
    this.sql = sql;
    try (Statement statement = sql.createStatement();
        ResultSet row = statement.executeQuery(MAY_SEE_ALL)) {
      mayBeAsked = row.next();
    }
  }

  /** Whether there may be one that is not seen yet. */
  boolean mayBeUnderWay() throws SQLException {
    if (mayBeAsked) {
      return !running().isEmpty();
    }
    try (Statement statement = sql.createStatement();
        ResultSet row = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Com_xa_commit'")) {
      return !row.next() || row.getLong(2) > 0;
    }
  }

  /** Whether {@link #running()} can be asked. */
  boolean mayBeAsked() {
    return mayBeAsked;
  }

  /** The numbers of the sessions that run one now. */
  Set<Long> running() throws SQLException {
    Set<Long> running = new HashSet<>();
    try (Statement statement = sql.createStatement();
        ResultSet rows = statement.executeQuery("SHOW FULL PROCESSLIST")) {
      while (rows.next()) {
        String text = rows.getString("Info");
        if (text != null && text.toUpperCase(Locale.ROOT).matches("(?s).*\\bXA\\b.*COMMIT.*")) {
          running.add(rows.getLong("Id"));
        }
      }
    }
    return running;
  }
}
