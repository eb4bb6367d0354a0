package dev.larder.testkit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;

/**
 * One database of a MariaDB server.
 *
 * <p>Immutable and safe for use by several threads.
 */
record MariaDbDatabase(Endpoint server, String name) implements TestDatabase {
  private static final AtomicInteger COUNTER = new AtomicInteger();
  private static final int GONE_ALREADY = 1094;

  static MariaDbDatabase create(Endpoint server) {
    String name = "t" + ProcessHandle.current().pid() + "_" + COUNTER.incrementAndGet();
    try (Connection connection = server.connect("mysql");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create a database on " + server, e);
    }
    return new MariaDbDatabase(server, name);
  }

  @Override
  public Product product() {
    return Product.MARIADB;
  }

  @Override
  public String url() {
    return server.url(name);
  }

  @Override
  public String urlThrough(Relay relay) {
    return server.urlThrough(name, relay);
  }

  @Override
  public String username() {
    return server.username();
  }

  @Override
  public String password() {
    return server.password();
  }

  @Override
  public String host() {
    return server.host();
  }

  @Override
  public int port() {
    return server.port();
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
    try (Connection connection = server.connect("mysql");
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
