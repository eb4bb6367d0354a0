package dev.larder.testkit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * A freshly created, empty database of its own, on a server shared with other tests.
 *
 * <p>Safe for use by several threads. The user may do everything on the server.
 */
public interface TestDatabase extends AutoCloseable {

  /** The product that runs it. */
  Product product();

  /** The database's name on its server. */
  String name();

  /** A JDBC URL without user and password. */
  String url();

  /** The user to connect as. */
  String username();

  /** That user's password. */
  String password();

  /** An unpooled data source: the driver's own class, a new physical connection per call. */
  DataSource dataSource();

  /**
   * The address the server listens on.
   *
   * @throws UnsupportedOperationException for an H2 database inside this JVM
   */
  String host();

  /**
   * The TCP port the server listens on.
   *
   * @throws UnsupportedOperationException for an H2 database inside this JVM
   */
  int port();

  /**
   * This database's URL by way of a relay to its server.
   *
   * @throws UnsupportedOperationException for an H2 database inside this JVM
   */
  String urlThrough(Relay relay);

  /** Ends its connections and drops it; does nothing when it is gone already. */
  @Override
  void close();

  /** Opens a new physical connection. */
  default Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), username(), password());
  }

  /**
   * Runs statements in order on a connection of their own, each committed by itself.
   *
   * @throws IllegalStateException when one fails; the cause is the driver's exception
   */
  default void execute(String... statements) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("On " + product() + ": " + e.getMessage(), e);
    }
  }
}
