package dev.larder.testkit;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A PostgreSQL server with two streaming replicas.
 *
 * <p>Not safe for use by several threads; the databases it makes are.
 */
public final class PostgresCluster implements Cluster {

  private final PostgresServer primary;
  private final List<PostgresReplica> replicas;

  private PostgresCluster(PostgresServer primary) {
    this.primary = primary;
    PostgresReplica first = primary.replicate();
    try {
      this.replicas = List.of(first, primary.replicate());
    } catch (RuntimeException e) {
      first.close();
      throw e;
    }
  }

  static PostgresCluster start(Map<String, String> settings) {
    PostgresServer primary = Databases.postgresServer(settings);
    try {
      return new PostgresCluster(primary);
    } catch (RuntimeException e) {
      primary.close();
      throw e;
    }
  }

  /** The server that takes writes. */
  public PostgresServer primary() {
    return primary;
  }

  /** Two. */
  @Override
  public List<PostgresReplica> replicas() {
    return replicas;
  }

  /** One of {@link #replicas()}. */
  public PostgresReplica replica(int number) {
    return replicas.get(number);
  }

  /** A freshly created, empty database, which the replicas have too. */
  @Override
  public TestDatabase fresh() {
    TestDatabase database = primary.fresh();
    awaitCaughtUp();
    return database;
  }

  /** A database's URLs on the replicas, separated by commas, with user and password. */
  @Override
  public String replicaUrls(TestDatabase database) {
    return replicas.stream()
        .map(
            replica ->
                replica.url(database)
                    + "?user="
                    + database.username()
                    + "&password="
                    + database.password())
        .collect(Collectors.joining(","));
  }

  /** Lets replay go on everywhere, and waits until the replicas have all that is on the primary. */
  @Override
  public void awaitCaughtUp() {
    replicas.forEach(PostgresReplica::resumeReplay);
    replicas.forEach(PostgresReplica::awaitCaughtUp);
  }

  /** Stops all three and deletes their data. */
  @Override
  public void close() {
    replicas.forEach(PostgresReplica::close);
    primary.close();
  }
}
