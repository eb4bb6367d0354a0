package dev.larder.testkit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The end of a database on a server that speaks MySQL's language.
 *
 * <p>Stateless and safe for use by several threads.
 */
final class DroppedDatabase {
  private static final int GONE_ALREADY = 1094;

  private DroppedDatabase() {}

  /**
   * Drops a database and ends the sessions in it; does nothing where it is gone already.
   *
   * @param entrance the database by which the server's administrator comes in
   */
  static void on(Endpoint server, String entrance, String name) {
    try (Connection connection = server.connect(entrance);
        Statement statement = connection.createStatement()) {
      // An open transaction on its tables would make the drop wait.
      for (long session : sessions(statement, name)) {
        kill(statement, session);
      }
      statement.execute("SET lock_wait_timeout = 10");
      statement.execute("DROP DATABASE IF EXISTS " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot drop " + name + " on " + server, e);
    }
  }

  private static List<Long> sessions(Statement statement, String name) throws SQLException {
    List<Long> sessions = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT id FROM information_schema.processlist WHERE db = '" + name + "'")) {
      while (rows.next()) {
        sessions.add(rows.getLong(1));
      }
    }
    return sessions;
  }

  private static void kill(Statement statement, long session) throws SQLException {
    try {
      statement.execute("KILL " + session);
    } catch (SQLException e) {
      if (e.getErrorCode() != GONE_ALREADY) {
        throw e;
      }
    }
  }
}
