package dev.larder.jdbc.internal.source;

import dev.larder.jdbc.internal.pool.Origin;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;

/** The server that a source listens to. Immutable and thread-safe. */
public record PostgresTarget(Origin.Url url, Duration patience) implements SourceTarget {

  private static final long LONGEST_ANSWER_SECONDS = 30;

  @Override
  public Connection open(String use) throws SQLException {
    Properties properties = properties(use);
    long seconds = Math.min(LONGEST_ANSWER_SECONDS, Math.max(1, patience.toSeconds()));
    properties.putIfAbsent("socketTimeout", Long.toString(seconds));
    Connection connection = connect(properties);
    try (Statement statement = connection.createStatement()) {
      // Marks must reach the disk to be seen, whatever the role's settings say.
      statement.execute(
          "SET synchronous_commit = local; SET default_transaction_read_only = off;"
              + " SET search_path = pg_catalog; SET statement_timeout = 0;"
              // Whoever writes must not wait behind a definition of ours that waits.
              + " SET lock_timeout = '2s';"
              + " SET client_min_messages = error");
      return connection;
    } catch (SQLException | RuntimeException failure) {
      SourceTarget.close(connection);
      throw failure;
    }
  }

  /** A connection in the protocol of replication, on which only a stream can be read. */
  Connection replication() throws SQLException {
    Properties properties = properties("replication");
    properties.setProperty("replication", "database");
    properties.setProperty("preferQueryMode", "simple");
    properties.setProperty("assumeMinServerVersion", "9.4");
    return connect(properties);
  }

  private Properties properties(String use) {
    Properties properties = url.properties();
    if (url.user() != null) {
      properties.setProperty("user", url.user());
    }
    if (url.password() != null) {
      properties.setProperty("password", url.password());
    }
    properties.setProperty("ApplicationName", "larder " + use);
    properties.putIfAbsent("tcpKeepAlive", "true");
    return properties;
  }

  private Connection connect(Properties properties) throws SQLException {
    Connection connection = url.driver().connect(url.url(), properties);
    if (connection == null) {
      throw new SQLNonTransientConnectionException("the driver does not accept " + url, "08001");
    }
    return connection;
  }
}
