package dev.larder.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An embedded PostgreSQL server with settings of the test's choice, which the test may kill and
 * start again.
 *
 * <p>Not safe for use by several threads; the databases it makes are.
 */
public final class PostgresServer implements OwnServer {
  /*
   * Durability is off (a server that is killed loses nothing as long as the machine lives on), but
   * commits are synchronous: with synchronous_commit off a replication event comes hundreds of
   * milliseconds late.
   */
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("listen_addresses", "127.0.0.1"),
          Map.entry("unix_socket_directories", ""),
          Map.entry("fsync", "off"),
          Map.entry("full_page_writes", "off"),
          Map.entry("synchronous_commit", "on"),
          Map.entry("wal_level", "logical"),
          Map.entry("max_wal_senders", "20"),
          Map.entry("max_replication_slots", "20"),
          Map.entry("max_prepared_transactions", "20"),
          Map.entry("max_connections", "200"));

  private static final Map<String, String> ENVIRONMENT = Map.of("LC_ALL", "C");

  private final Path programs;
  private final Guardian guardian;
  private final Path directory;
  private final Unprivileged unprivileged;
  private final Map<String, String> settings;
  private final Endpoint endpoint;
  private final RestartableServer process;

  private PostgresServer(int major, Map<String, String> settings) throws IOException {
    programs = PostgresBinaries.of(major);
    unprivileged = Unprivileged.here();
    guardian = Guardian.ofNewDirectory("larder-postgres", "QUIT");
    directory = guardian.directory();
    unprivileged.own(directory);
    int port = FreePort.next();
    endpoint = new Endpoint("postgresql", "127.0.0.1", port, Endpoint.USERNAME, Endpoint.PASSWORD);
    this.settings = new TreeMap<>(SETTINGS);
    this.settings.putAll(settings);
    try {
      initialise();
      process =
          new RestartableServer(
              command(dataDirectory(), port), ENVIRONMENT, guardian, this::checkAnswers);
    } catch (IOException e) {
      guardian.finish();
      throw e;
    }
  }

  /** What runs a server with these settings on a data directory. */
  List<String> command(Path data, int port) {
    List<String> arguments = new ArrayList<>();
    arguments.add(program("postgres"));
    arguments.add("-D");
    arguments.add(data.toString());
    Map<String, String> all = new TreeMap<>(settings);
    all.put("port", Integer.toString(port));
    all.forEach(
        (name, value) -> {
          arguments.add("-c");
          arguments.add(name + "=" + value);
        });
    return unprivileged.command(arguments);
  }

  static Map<String, String> environment() {
    return ENVIRONMENT;
  }

  /* The settings that every server of ours has, in the form a container's command line takes. */
  static List<String> commandLineSettings() {
    List<String> arguments = new ArrayList<>();
    new TreeMap<>(SETTINGS)
        .forEach(
            (name, value) -> {
              if (!name.equals("listen_addresses") && !name.equals("unix_socket_directories")) {
                arguments.add("-c");
                arguments.add(name + "=" + value);
              }
            });
    return arguments;
  }

  static PostgresServer start(int major, Map<String, String> settings) {
    try {
      return new PostgresServer(major, settings);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start PostgreSQL " + major + ": " + e.getMessage(), e);
    }
  }

  @Override
  public TestDatabase fresh() {
    return PostgresDatabase.create(endpoint);
  }

  /** A streaming replica of this server as it is now; the test closes it, before this server. */
  public PostgresReplica replicate() {
    return PostgresReplica.of(this);
  }

  /** Loopback. */
  public String host() {
    return endpoint.host();
  }

  /** The TCP port it listens on, the same after {@link #restart}. */
  public int port() {
    return endpoint.port();
  }

  /** A superuser. */
  public String username() {
    return endpoint.username();
  }

  /** The superuser's password. */
  public String password() {
    return endpoint.password();
  }

  /** The directory that {@code initdb} made; gone after {@link #close}. */
  public Path dataDirectory() {
    return directory.resolve("data");
  }

  /** The directory with {@code bin/initdb}, {@code bin/pg_ctl} and {@code bin/postgres}. */
  public Path programs() {
    return programs;
  }

  /** Whether its process lives. */
  public boolean running() {
    return process.running();
  }

  /** Ends all its processes at once. */
  @Override
  public void kill() {
    process.kill();
  }

  @Override
  public void restart() {
    process.restart();
  }

  /** Stops all its processes where they are, as a machine that hangs; connections stay open. */
  public void freeze() {
    process.freeze();
  }

  /** Lets them go on. */
  public void thaw() {
    process.thaw();
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** Stops it and deletes its data. */
  @Override
  public void close() {
    process.stop();
  }

  private void initialise() throws IOException {
    Path password = directory.resolve("password");
    Files.writeString(password, Endpoint.PASSWORD);
    unprivileged.own(password);
    List<String> initdb =
        List.of(
            program("initdb"),
            "--pgdata=" + dataDirectory(),
            "--username=" + Endpoint.USERNAME,
            "--pwfile=" + password,
            // The tests open thousands of connections; what SCRAM costs each is most of it.
            "--auth=md5",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
            "--no-instructions");
    ServerProcess.run(unprivileged.command(initdb), ENVIRONMENT, directory, Path.of("/dev/null"));
  }

  private void checkAnswers() throws Exception {
    try (Connection connection = endpoint.connect("postgres")) {
      connection.getMetaData().getDatabaseMajorVersion();
    }
  }

  private String program(String name) {
    return programs.resolve("bin").resolve(name).toString();
  }
}
