package dev.larder.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A replica of a MySQL server by GTID, whose applier commits in any order.
 *
 * <p>Not safe for use by several threads.
 */
public final class MySqlReplica implements Replica, AutoCloseable {

  private static final int PATIENCE_SECONDS = 60;

  private final Endpoint endpoint;
  private final RestartableServer process;

  /**
   * @param data of a server that has not run yet
   */
  MySqlReplica(Endpoint primary, Path data, int number) throws IOException, SQLException {
    Unprivileged unprivileged = Unprivileged.here();
    Guardian guardian = Guardian.ofNewDirectory("larder-replica", "KILL");
    try {
      unprivileged.own(guardian.directory());
      copy(data, guardian.directory().resolve("data"), unprivileged);
      List<String> settings = new ArrayList<>(MySqlServer.LOGGING_SETTINGS);
      settings.add("--server-id=" + number);
      settings.add("--super-read-only=ON");
      settings.add("--relay-log=relay");
      settings.add("--slave-parallel-type=LOGICAL_CLOCK");
      settings.add("--slave-parallel-workers=4");
      PreparedServer prepared = MySqlServer.prepared(guardian, unprivileged, settings);
      endpoint = prepared.endpoint();
      process =
          new RestartableServer(
              prepared.command(), prepared.environment(), guardian, prepared.readiness());
      execute(
          "CHANGE MASTER TO MASTER_HOST='%s', MASTER_PORT=%d, MASTER_USER='%s',"
                  .formatted(primary.host(), primary.port(), primary.username())
              + " MASTER_PASSWORD='%s', MASTER_AUTO_POSITION=1, MASTER_CONNECT_RETRY=1"
                  .formatted(primary.password()),
          "START SLAVE");
    } catch (IOException | RuntimeException e) {
      guardian.finish();
      throw e;
    }
  }

  private static void copy(Path from, Path to, Unprivileged unprivileged) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        // The file that names a server: this one is to be another.
        if (!file.endsWith("auto.cnf")) {
          Path copied = to.resolve(from.relativize(file).toString());
          Files.copy(file, copied);
          unprivileged.own(copied);
        }
      }
    }
  }

  Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public void pauseReplay() {
    execute("STOP SLAVE SQL_THREAD");
  }

  @Override
  public void resumeReplay() {
    execute("START SLAVE SQL_THREAD");
  }

  /** Runs statements as the administrator; read-only as it is, it takes no writes. */
  public void execute(String... statements) {
    try (Connection connection = endpoint.connect("mysql");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("On the replica: " + e.getMessage(), e);
    }
  }

  void await(String transactions) {
    try (Connection connection = endpoint.connect("mysql");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT WAIT_FOR_EXECUTED_GTID_SET('%s', %d)"
                    .formatted(transactions, PATIENCE_SECONDS))) {
      row.next();
      if (row.getInt(1) != 0) {
        throw new IllegalStateException("not in time on the replica: " + transactions);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("On the replica: " + e.getMessage(), e);
    }
  }

  /** Ends it at once, as a crash would; the data stays. */
  public void kill() {
    process.kill();
  }

  /** Starts it again on the same port and data, killing it first if it still runs. */
  public void restart() {
    process.restart();
  }

  @Override
  public void close() {
    process.stop();
  }
}
