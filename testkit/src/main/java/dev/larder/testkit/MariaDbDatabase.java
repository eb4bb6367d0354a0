package dev.larder.testkit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;

/**
 * One database of a MariaDB server.
 *
 * <p>Immutable and safe for use by several threads.
 */
record MariaDbDatabase(Endpoint server, String name) implements ServerDatabase {
  private static final String ENTRANCE = "mysql";
  private static final int GONE_ALREADY = 1094;

  static MariaDbDatabase create(Endpoint server) {
    return new MariaDbDatabase(server, ServerDatabase.create(server, ENTRANCE));
  }

  @Override
  public Product product() {
    return Product.MARIADB;
  }

  @Override
  public DataSource dataSource() {
    try {
      MariaDbDataSource source = new MariaDbDataSource(url());
      source.setUser(username());
      source.setPassword(password());
      return source;
    } catch (SQLException e) {
      throw new IllegalStateException("the driver refuses " + url(), e);
    }
  }

  @Override
  public void close() {
    try (Connection connection = server.connect(ENTRANCE);
        Statement statement = connection.createStatement()) {
      // An open transaction on its tables would make the drop wait.
      for (long session : sessions(statement)) {
        kill(statement, session);
      }
      statement.execute("SET lock_wait_timeout = 10");
      statement.execute("DROP DATABASE IF EXISTS " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot drop " + name + " on " + server, e);
    }
  }

  private List<Long> sessions(Statement statement) throws SQLException {
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

  @Override
  public String toString() {
    return url();
  }
}
