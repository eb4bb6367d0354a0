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

  /** What a server has that keeps a binary log. */
  static final List<String> LOGGING_SETTINGS =
      List.of(
          "--max-connections=300",
          "--character-set-server=utf8mb4",
          "--log-bin=binlog",
          "--server-id=1",
          "--sync-binlog=1",
          // What was committed outlives the process.
          "--innodb-flush-log-at-trx-commit=2",
          "--binlog-row-metadata=FULL",
          "--gtid-mode=ON",
          "--enforce-gtid-consistency=ON",
          "--secure-file-priv=");

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
    Unprivileged unprivileged = Unprivileged.here();
    Guardian guardian = Guardian.ofNewDirectory("larder-mysql", "KILL");
    try {
      unprivileged.own(guardian.directory());
      PreparedServer prepared = prepare(guardian, unprivileged, SETTINGS);
      ServerProcess.start(
          prepared.command(), prepared.environment(), guardian, prepared.readiness());
      return prepared.endpoint();
    } catch (IOException e) {
      guardian.finish();
      throw e;
    }
  }

  /** Makes the data of a server in the guardian's directory, which is the unprivileged user's. */
  static PreparedServer prepare(Guardian guardian, Unprivileged unprivileged, List<String> settings)
      throws IOException {
    Path home = MySqlBinaries.find();
    Path directory = guardian.directory();
    Path users =
        Files.writeString(
            directory.resolve("users.sql"),
            """
            CREATE USER %1$s@'%%' IDENTIFIED BY '%2$s';
            GRANT ALL ON *.* TO %1$s@'%%' WITH GRANT OPTION;
            """
                .formatted(Endpoint.USERNAME, Endpoint.PASSWORD));
    List<String> initialising = arguments(home, directory, settings);
    initialising.add("--initialize-insecure");
    initialising.add("--init-file=" + users);
    ServerProcess.run(unprivileged.command(initialising), environment(home), directory, users);
    return prepared(guardian, unprivileged, settings);
  }

  /** A server whose data are there, in the guardian's directory. */
  static PreparedServer prepared(
      Guardian guardian, Unprivileged unprivileged, List<String> settings) throws IOException {
    Path home = MySqlBinaries.find();
    Path directory = guardian.directory();
    int port = FreePort.next();
    Endpoint endpoint =
        new Endpoint("mysql", "127.0.0.1", port, Endpoint.USERNAME, Endpoint.PASSWORD);
    List<String> arguments = arguments(home, directory, settings);
    arguments.add("--port=" + port);
    arguments.add("--bind-address=127.0.0.1");
    arguments.add("--socket=" + directory.resolve("socket"));
    arguments.add("--skip-name-resolve");
    return new PreparedServer(
        endpoint, unprivileged.command(arguments), environment(home), () -> connect(endpoint));
  }

  private static Map<String, String> environment(Path home) {
    return Map.of("LD_LIBRARY_PATH", home.resolve("lib").toString());
  }

  private static List<String> arguments(Path home, Path directory, List<String> settings) {
    List<String> arguments = new ArrayList<>();
    arguments.add(home.resolve("bin/mysqld").toString());
    arguments.add("--no-defaults");
    arguments.add("--basedir=" + home);
    arguments.add("--lc-messages-dir=" + home.resolve("share"));
    arguments.add("--datadir=" + directory.resolve("data"));
    arguments.add("--tmpdir=" + directory);
    arguments.addAll(EMBEDDED_SETTINGS);
    arguments.addAll(settings);
    return arguments;
  }

  private static void connect(Endpoint endpoint) throws Exception {
    try (Connection connection = endpoint.connect("mysql")) {
      connection.getMetaData().getDatabaseProductVersion();
    }
  }
}
