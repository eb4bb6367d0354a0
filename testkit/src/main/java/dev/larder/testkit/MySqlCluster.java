package dev.larder.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An embedded MySQL server with two replicas by GTID.
 *
 * <p>Not safe for use by several threads; the databases it makes are.
 */
public final class MySqlCluster implements Cluster {

  private static final int REPLICAS = 2;

  private final Endpoint endpoint;
  private final RestartableServer primary;
  private final List<MySqlReplica> replicas = new ArrayList<>();

  private MySqlCluster(Guardian guardian) throws IOException, SQLException {
    Unprivileged unprivileged = Unprivileged.here();
    unprivileged.own(guardian.directory());
    PreparedServer prepared =
        MySqlServer.prepare(guardian, unprivileged, MySqlServer.LOGGING_SETTINGS);
    endpoint = prepared.endpoint();
    Path data = guardian.directory().resolve("data");
    RestartableServer started = null;
    try {
      for (int i = 0; i < REPLICAS; i++) {
        // Copied while it does not run.
        replicas.add(new MySqlReplica(endpoint, data, i + 2));
      }
      started =
          new RestartableServer(
              prepared.command(), prepared.environment(), guardian, prepared.readiness());
    } finally {
      if (started == null) {
        replicas.forEach(MySqlReplica::close);
      }
    }
    primary = started;
  }

  static MySqlCluster start() throws IOException, SQLException {
    Guardian guardian = Guardian.ofNewDirectory("larder-mysql", "KILL");
    try {
      return new MySqlCluster(guardian);
    } catch (IOException | SQLException | RuntimeException e) {
      guardian.finish();
      throw e;
    }
  }

  @Override
  public List<MySqlReplica> replicas() {
    return replicas;
  }

  @Override
  public TestDatabase fresh() {
    TestDatabase database = MySqlDatabase.create(endpoint);
    awaitCaughtUp();
    return database;
  }

  @Override
  public String replicaUrls(TestDatabase database) {
    String address = endpoint.host() + ":" + endpoint.port();
    return replicas.stream()
        .map(MySqlReplica::endpoint)
        .map(
            replica ->
                database.url().replace(address, replica.host() + ":" + replica.port())
                    + "?user="
                    + database.username()
                    + "&password="
                    + database.password())
        .collect(Collectors.joining(","));
  }

  @Override
  public void awaitCaughtUp() {
    replicas.forEach(MySqlReplica::resumeReplay);
    String executed = executed();
    replicas.forEach(replica -> replica.await(executed));
  }

  private String executed() {
    try (Connection connection = endpoint.connect("mysql");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT @@GLOBAL.gtid_executed")) {
      row.next();
      return row.getString(1).replace("\n", "");
    } catch (SQLException e) {
      throw new IllegalStateException("cannot ask the primary", e);
    }
  }

  /** Ends the primary at once, as a crash would, and starts it again. */
  public void restartPrimary() {
    primary.restart();
  }

  @Override
  public void close() {
    replicas.forEach(MySqlReplica::close);
    primary.stop();
  }
}
