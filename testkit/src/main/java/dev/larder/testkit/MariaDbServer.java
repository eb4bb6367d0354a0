package dev.larder.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts an embedded MariaDB server that lives as long as this JVM.
 *
 * <p>Stateless and safe for use by several threads.
 */
final class MariaDbServer {
  /*
   * The server's own install script is a shell around "mariadbd --bootstrap"; feeding it the system
   * tables directly saves the time zones, help texts and Perl. TLS is off because the server would
   * otherwise make an RSA key at each start, which takes most of ten seconds. Durability is off as
   * for PostgreSQL.
   */
  private static final List<String> SYSTEM_TABLES =
      List.of(
          "mariadb_system_tables.sql",
          "mariadb_performance_tables.sql",
          "mariadb_system_tables_data.sql",
          "mariadb_sys_schema.sql");

  private MariaDbServer() {}

  /** What a server has that keeps a binary log. */
  static final List<String> LOGGING_SETTINGS =
      List.of(
          "--log-bin=binlog",
          "--server-id=1",
          "--sync-binlog=1",
          // What was committed outlives the process.
          "--innodb-flush-log-at-trx-commit=2",
          "--binlog-format=ROW",
          "--binlog-row-metadata=FULL");

  static Endpoint start() throws IOException {
    Guardian guardian = Guardian.ofNewDirectory("larder-mariadb", "KILL");
    try {
      PreparedServer prepared = prepare(guardian, List.of());
      ServerProcess.start(
          prepared.command(), prepared.environment(), guardian, prepared.readiness());
      return prepared.endpoint();
    } catch (IOException e) {
      guardian.finish();
      throw e;
    }
  }

  /**
   * Makes the data of a server in the guardian's directory.
   *
   * @param settings beside those that every server has
   */
  static PreparedServer prepare(Guardian guardian, List<String> settings) throws IOException {
    Path home = MariaDbBinaries.find();
    Path directory = guardian.directory();
    Path data = Files.createDirectory(directory.resolve("data"));
    List<String> arguments = new ArrayList<>();
    arguments.add(home.resolve("bin/mariadbd").toString());
    arguments.add("--no-defaults");
    arguments.add("--basedir=" + home);
    arguments.add("--lc-messages-dir=" + home.resolve("share"));
    arguments.add("--datadir=" + data);
    arguments.add("--tmpdir=" + directory);
    arguments.add("--innodb-flush-method=nosync");
    arguments.add("--innodb-log-file-size=16M");
    arguments.add("--character-set-server=utf8mb4");
    if (Unprivileged.runsAsRoot()) {
      arguments.add("--user=root");
    }
    Map<String, String> environment =
        Map.of(
            "LD_LIBRARY_PATH", home.resolve("libs").toString(),
            "DYLD_FALLBACK_LIBRARY_PATH", home.resolve("libs").toString());
    bootstrap(home, arguments, environment, directory);

    int port = FreePort.next();
    Endpoint endpoint =
        new Endpoint("mariadb", "127.0.0.1", port, Endpoint.USERNAME, Endpoint.PASSWORD);
    arguments.add("--port=" + port);
    arguments.add("--bind-address=127.0.0.1");
    arguments.add("--socket=" + directory.resolve("socket"));
    arguments.add("--skip-ssl");
    arguments.add("--skip-name-resolve");
    arguments.add("--innodb-flush-log-at-trx-commit=0");
    arguments.add("--max-connections=300");
    arguments.addAll(settings);
    return new PreparedServer(endpoint, arguments, environment, () -> connect(endpoint));
  }

  private static void bootstrap(
      Path home, List<String> arguments, Map<String, String> environment, Path directory)
      throws IOException {
    StringBuilder sql =
        new StringBuilder(
            """
            CREATE DATABASE mysql;
            USE mysql;
            SET @auth_root_socket=NULL;
            """);
    for (String file : SYSTEM_TABLES) {
      sql.append(Files.readString(home.resolve("share").resolve(file)));
    }
    sql.append(
        """
        FLUSH PRIVILEGES;
        CREATE USER %1$s@'%%' IDENTIFIED BY '%2$s';
        GRANT ALL ON *.* TO %1$s@'%%' WITH GRANT OPTION;
        """
            .formatted(Endpoint.USERNAME, Endpoint.PASSWORD));
    Path input = Files.writeString(directory.resolve("bootstrap.sql"), sql);
    List<String> command = new ArrayList<>(arguments);
    command.add("--bootstrap");
    ServerProcess.run(command, environment, directory, input);
  }

  private static void connect(Endpoint endpoint) throws Exception {
    try (Connection connection = endpoint.connect("mysql")) {
      connection.getMetaData().getDatabaseProductVersion();
    }
  }
}
