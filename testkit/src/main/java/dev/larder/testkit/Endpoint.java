package dev.larder.testkit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * Where a server listens and who may do everything on it.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @param scheme the part of a JDBC URL between {@code jdbc:} and {@code ://}
 */
record Endpoint(String scheme, String host, int port, String username, String password) {

  static final String USERNAME = "larder";
  static final String PASSWORD = "larder-test";

  String url(String database) {
    return url(database, host, port);
  }

  String urlThrough(String database, Relay relay) {
    return url(database, Relay.HOST, relay.port());
  }

  Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url(database), username, password);
  }

  private String url(String database, String anyHost, int anyPort) {
    return "jdbc:" + scheme + "://" + anyHost + ":" + anyPort + "/" + database;
  }

  @Override
  public String toString() {
    return scheme + "://" + host + ":" + port;
  }
}
