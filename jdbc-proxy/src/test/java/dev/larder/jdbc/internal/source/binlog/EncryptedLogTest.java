package dev.larder.jdbc.internal.source.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.internal.source.Elsewhere;
import dev.larder.testkit.BinlogServer;
import dev.larder.testkit.Databases;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The binary log of a MySQL server that takes encrypted connections and salted passwords alone. */
@Tag("long")
final class EncryptedLogTest {

  private static final String PASSWORD = "salt-and-more";

  private static BinlogServer server;

  @BeforeAll
  static void start() {
    server =
        Databases.binlogServer(
            Product.MYSQL,
            "--auto-generate-certs=ON",
            "--caching-sha2-password-auto-generate-rsa-keys=ON",
            "--default-authentication-plugin=caching_sha2_password");
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static String named(TestDatabase database, String user) {
    database.execute(
        "create user " + user + " identified with caching_sha2_password by '" + PASSWORD + "'",
        "grant replication client, replication slave, process on *.* to " + user,
        "grant select on " + database.name() + ".* to " + user);
    return database.url() + "?user=" + user + "&password=" + PASSWORD;
  }

  private static String[] binlog(String url) {
    return new String[] {
      "larder.invalidation.mysql", "binlog",
      "larder.invalidation.mysql.url", url,
      "larder.max-staleness", "1h"
    };
  }

  private static void assertFollows(TestDatabase database, String url) throws SQLException {
    Elsewhere.shelve(database);
    try (Elsewhere here = new Elsewhere(database, binlog(url)).untilCovered()) {
      here.writeAndSee("encrypted");
    }
  }

  @Test
  void whereNothingElseIsTaken() throws SQLException {
    try (TestDatabase database = server.fresh()) {
      String url = named(database, "strict");
      database.execute("set global require_secure_transport = on");
      try {
        assertFollows(database, url + "&sslMode=REQUIRED");
      } finally {
        database.execute("set global require_secure_transport = off");
      }
    }
  }

  /** The client asks for the server's public key, as a password must not be seen on the way. */
  @ParameterizedTest
  @ValueSource(strings = {"fresh", "known"})
  void aSaltedPasswordWithoutEncryption(String user) throws SQLException {
    try (TestDatabase database = server.fresh()) {
      String url = named(database, user);
      String plain = url + "&sslMode=DISABLED&allowPublicKeyRetrieval=true";
      if (user.equals("known")) {
        // The server then remembers the password, and takes a digest of it.
        try (Connection connection = DriverManager.getConnection(plain)) {
          assertThat(connection.isValid(10)).isTrue();
        }
      }
      assertFollows(database, plain);
    }
  }
}
