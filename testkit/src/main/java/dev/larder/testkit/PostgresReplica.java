package dev.larder.testkit;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;

/**
 * A streaming replica of a {@link PostgresServer}, whose replay the test may hold back and which it
 * may freeze, kill, start again and promote.
 *
 * <p>Not safe for use by several threads.
 */
public final class PostgresReplica implements Replica, AutoCloseable {

  /** What a base backup leaves out (PostgreSQL's manual, section 25.3.4.6). */
  private static final Set<String> CONTENTS_LEFT_OUT =
      Set.of(
          "pg_wal",
          "pg_replslot",
          "pg_dynshmem",
          "pg_notify",
          "pg_serial",
          "pg_snapshots",
          "pg_stat_tmp",
          "pg_subtrans");

  private static final Set<String> FILES_LEFT_OUT = Set.of("postmaster.pid", "postmaster.opts");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final PostgresServer primary;
  private final Guardian guardian;
  private final Endpoint endpoint;
  private final RestartableServer process;

  private PostgresReplica(PostgresServer primary) throws IOException, SQLException {
    this.primary = primary;
    Unprivileged unprivileged = Unprivileged.here();
    guardian = Guardian.ofNewDirectory("larder-replica", "QUIT");
    unprivileged.own(guardian.directory());
    Path data = guardian.directory().resolve("data");
    int port = FreePort.next();
    endpoint = new Endpoint("postgresql", "127.0.0.1", port, Endpoint.USERNAME, Endpoint.PASSWORD);
    try {
      backUp(data);
      own(unprivileged, data);
      process =
          new RestartableServer(
              primary.command(data, port),
              PostgresServer.environment(),
              guardian,
              this::checkAnswers);
    } catch (IOException | SQLException e) {
      guardian.finish();
      throw e;
    }
  }

  static PostgresReplica of(PostgresServer primary) {
    try {
      return new PostgresReplica(primary);
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("cannot start a replica: " + e.getMessage(), e);
    }
  }

  /** The URL of a database of the primary on this replica. */
  public String url(TestDatabase database) {
    return endpoint.url(database.name());
  }

  /** Loopback. */
  public String host() {
    return endpoint.host();
  }

  /** The TCP port it listens on, the same after {@link #restart}. */
  public int port() {
    return endpoint.port();
  }

  /** Stops replay where it is; returns when it stands. Nothing happens on a server that is gone. */
  @Override
  public void pauseReplay() {
    execute("select pg_wal_replay_pause()");
    await("select pg_get_wal_replay_pause_state() = 'paused'");
  }

  /** Lets replay go on. */
  @Override
  public void resumeReplay() {
    execute("select pg_wal_replay_resume()");
  }

  /** Waits until it has replayed everything that is on the primary now. */
  public void awaitCaughtUp() {
    String position;
    try (Connection connection = primary.endpoint().connect("postgres")) {
      position = first(connection, "select pg_current_wal_flush_lsn()");
    } catch (SQLException e) {
      throw new IllegalStateException("cannot ask the primary", e);
    }
    await("select pg_last_wal_replay_lsn() >= '" + position + "'::pg_lsn");
  }

  /** Stops all its processes where they are, as a machine that hangs; connections stay open. */
  public void freeze() {
    process.freeze();
  }

  /** Lets them go on. */
  public void thaw() {
    process.thaw();
  }

  /** Ends all its processes at once, as a crash would; the data stays. */
  public void kill() {
    process.kill();
  }

  /** Starts it again on the same port and data, killing it first if it still runs. */
  public void restart() {
    process.restart();
  }

  /** Makes it a primary of its own; returns when it takes writes. */
  public void promote() {
    execute("select pg_promote(true, 60)");
  }

  /** Stops it and deletes its data. */
  @Override
  public void close() {
    process.stop();
  }

  private void backUp(Path data) throws IOException, SQLException {
    try (Connection connection = primary.endpoint().connect("postgres")) {
      first(connection, "select pg_backup_start('replica', true)");
      copy(primary.dataDirectory(), data);
      Files.writeString(
          data.resolve("backup_label"),
          first(connection, "select labelfile from pg_backup_stop(false)"));
    }
    Files.createFile(data.resolve("standby.signal"));
    Endpoint source = primary.endpoint();
    Files.writeString(
        data.resolve("postgresql.auto.conf"),
        "primary_conninfo = 'host=%s port=%d user=%s password=%s'%n"
                .formatted(source.host(), source.port(), source.username(), source.password())
            + "wal_retrieve_retry_interval = '100ms'\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /* The primary is at work: a file that goes away while it is copied is restored by replay. */
  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            Path copied = to.resolve(from.relativize(directory).toString());
            Files.createDirectories(copied);
            Files.setPosixFilePermissions(copied, Files.getPosixFilePermissions(directory));
            boolean leftOut =
                from.equals(directory.getParent())
                    && CONTENTS_LEFT_OUT.contains(directory.getFileName().toString());
            return leftOut ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!FILES_LEFT_OUT.contains(file.getFileName().toString())) {
              try {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
              } catch (NoSuchFileException gone) {
                return FileVisitResult.CONTINUE;
              }
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
          }
        });
    Files.createDirectories(to.resolve("pg_wal"));
  }

  private static void own(Unprivileged unprivileged, Path data) throws IOException {
    try (var files = Files.walk(data)) {
      for (Path path : (Iterable<Path>) files::iterator) {
        unprivileged.own(path);
      }
    }
  }

  private void checkAnswers() throws Exception {
    try (Connection connection = endpoint.connect("postgres")) {
      first(connection, "select pg_last_wal_replay_lsn()");
    }
  }

  private void execute(String sql) {
    try (Connection connection = endpoint.connect("postgres")) {
      first(connection, sql);
    } catch (SQLException e) {
      throw new IllegalStateException("On the replica: " + e.getMessage(), e);
    }
  }

  private void await(String condition) {
    long limit = System.nanoTime() + PATIENCE.toNanos();
    try (Connection connection = endpoint.connect("postgres")) {
      while (!first(connection, condition).equals("t")) {
        if (System.nanoTime() - limit > 0) {
          throw new IllegalStateException("not in time on the replica: " + condition);
        }
        Thread.sleep(2);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("On the replica: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static String first(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      String value = row.getString(1);
      return value == null ? "" : value;
    }
  }
}
