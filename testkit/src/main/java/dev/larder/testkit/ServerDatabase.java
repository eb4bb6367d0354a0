package dev.larder.testkit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One of the databases of a server, made for a test.
 *
 * <p>Implementations are immutable and safe for use by several threads.
 */
interface ServerDatabase extends TestDatabase {

  AtomicInteger COUNTER = new AtomicInteger();

  Endpoint server();

  /**
   * Makes one under a name that no other JVM uses.
   *
   * @param entrance the database by which the server's administrator comes in
   * @return the name
   */
  static String create(Endpoint server, String entrance) {
    String name = "t" + ProcessHandle.current().pid() + "_" + COUNTER.incrementAndGet();
    try (Connection connection = server.connect(entrance);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create a database on " + server, e);
    }
    return name;
  }

  @Override
  default String url() {
    return server().url(name());
  }

  @Override
  default String urlThrough(Relay relay) {
    return server().urlThrough(name(), relay);
  }

  @Override
  default String username() {
    return server().username();
  }

  @Override
  default String password() {
    return server().password();
  }

  @Override
  default String host() {
    return server().host();
  }

  @Override
  default int port() {
    return server().port();
  }
}
