package dev.larder.testkit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;

/**
 * One H2 database in this JVM's memory, reached directly or through H2's TCP server.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @param server the TCP server, or null when the database is reached directly
 */
record H2Database(String name, @Nullable Endpoint server) implements TestDatabase {
  private static final AtomicInteger COUNTER = new AtomicInteger();
  private static final String KEEP = ";DB_CLOSE_DELAY=-1";

  static H2Database create(@Nullable Endpoint server) {
    H2Database database = new H2Database("t" + COUNTER.incrementAndGet(), server);
    // The first connection makes the database and its user.
    database.execute("SELECT 1");
    return database;
  }

  @Override
  public Product product() {
    return Product.H2;
  }

  @Override
  public String url() {
    return server == null ? "jdbc:h2:mem:" + name + KEEP : server.url("mem:" + name + KEEP);
  }

  @Override
  public String urlThrough(Relay relay) {
    return network().urlThrough("mem:" + name + KEEP, relay);
  }

  @Override
  public String username() {
    return Endpoint.USERNAME;
  }

  @Override
  public String password() {
    return Endpoint.PASSWORD;
  }

  @Override
  public String host() {
    return network().host();
  }

  @Override
  public int port() {
    return network().port();
  }

  @Override
  public DataSource dataSource() {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL(url());
    source.setUser(username());
    source.setPassword(password());
    return source;
  }

  @Override
  public void close() {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN IMMEDIATELY");
    } catch (SQLException e) {
      throw new IllegalStateException("cannot shut down H2 " + name, e);
    }
  }

  private Endpoint network() {
    if (server == null) {
      throw new UnsupportedOperationException(
          "An H2 database inside this JVM has no network address: use Databases.h2Server()");
    }
    return server;
  }

  @Override
  public String toString() {
    return url();
  }
}
