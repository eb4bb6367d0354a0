package dev.larder.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts an embedded MySQL server that lives as long as this JVM.
 *
 * <p>Stateless and safe for use by several threads.
 */
final class MySqlServer {

  /** What a server has in a container too. */
  static final List<String> SETTINGS =
      List.of("--max-connections=300", "--character-set-server=utf8mb4", "--skip-log-bin");

  /* Durability is off as for PostgreSQL, and so is what makes keys at each start. */
  private static final List<String> EMBEDDED_SETTINGS =
      List.of(
          "--innodb-flush-method=nosync",
          "--innodb-flush-log-at-trx-commit=0",
          "--innodb-log-file-size=16M",
          "--innodb-doublewrite=OFF",
          "--innodb-use-native-aio=OFF",
          "--innodb-fast-shutdown=2",
          "--default-authentication-plugin=mysql_native_password",
          "--auto-generate-certs=OFF",
          "--sha256-password-auto-generate-rsa-keys=OFF",
          "--caching-sha2-password-auto-generate-rsa-keys=OFF",
          "--mysqlx=OFF");

  private MySqlServer() {}

  static Endpoint start() throws IOException {
    Path home = MySqlBinaries.find();
    Unprivileged unprivileged = Unprivileged.here();
    Guardian guardian = Guardian.ofNewDirectory("larder-mysql", "KILL");
    try {
      unprivileged.own(guardian.directory());
      return start(home, unprivileged, guardian);
    } catch (IOException e) {
      guardian.finish();
      throw e;
    }
  }

  private static Endpoint start(Path home, Unprivileged unprivileged, Guardian guardian)
      throws IOException {
    Path directory = guardian.directory();
    List<String> arguments = new ArrayList<>();
    arguments.add(home.resolve("bin/mysqld").toString());
    arguments.add("--no-defaults");
    arguments.add("--basedir=" + home);
    arguments.add("--lc-messages-dir=" + home.resolve("share"));
    arguments.add("--datadir=" + directory.resolve("data"));
    arguments.add("--tmpdir=" + directory);
    arguments.addAll(SETTINGS);
    arguments.addAll(EMBEDDED_SETTINGS);
    Map<String, String> environment = Map.of("LD_LIBRARY_PATH", home.resolve("lib").toString());
    Path users =
        Files.writeString(
            directory.resolve("users.sql"),
            """
            CREATE USER %1$s@'%%' IDENTIFIED BY '%2$s';
            GRANT ALL ON *.* TO %1$s@'%%' WITH GRANT OPTION;
            """
                .formatted(Endpoint.USERNAME, Endpoint.PASSWORD));
    List<String> initialising = new ArrayList<>(arguments);
    initialising.add("--initialize-insecure");
    initialising.add("--init-file=" + users);
    ServerProcess.run(unprivileged.command(initialising), environment, directory, users);

    int port = ServerProcess.freePort();
    Endpoint endpoint =
        new Endpoint("mysql", "127.0.0.1", port, Endpoint.USERNAME, Endpoint.PASSWORD);
    arguments.add("--port=" + port);
    arguments.add("--bind-address=127.0.0.1");
    arguments.add("--socket=" + directory.resolve("socket"));
    arguments.add("--skip-name-resolve");
    ServerProcess.start(
        unprivileged.command(arguments), environment, guardian, () -> connect(endpoint));
    return endpoint;
  }

  private static void connect(Endpoint endpoint) throws Exception {
    try (Connection connection = endpoint.connect("mysql")) {
      connection.getMetaData().getDatabaseProductVersion();
    }
  }
}
