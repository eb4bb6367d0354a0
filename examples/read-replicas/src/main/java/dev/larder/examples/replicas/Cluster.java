package dev.larder.examples.replicas;

import com.zaxxer.hikari.HikariDataSource;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Setting;
import dev.larder.testkit.Databases;
import dev.larder.testkit.PostgresCluster;
import dev.larder.testkit.PostgresReplica;
import dev.larder.testkit.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A PostgreSQL server with two streaming replicas, inside this process. For one thread; closing it
 * stops the servers.
 */
final class Cluster implements AutoCloseable {

  private final PostgresCluster servers;
  private final TestDatabase database;

  private Cluster(PostgresCluster servers) {
    this.servers = servers;
    this.database = servers.fresh();
  }

  static Cluster start() {
    return new Cluster(Databases.postgresCluster(Map.of()));
  }

  /** The shop's tables, full, and on the replicas too. */
  void fill() {
    database.execute(
        "drop table if exists stock, product",
        "create table product (id int primary key, name text not null)",
        "insert into product select i, 'product ' || i from generate_series(1, 1000) i",
        "create table stock (id int primary key, items int not null)",
        "insert into stock select i, 0 from generate_series(1, 20) i");
    servers.awaitCaughtUp();
  }

  /** The second replica stops replaying, as one does that is overloaded. */
  void holdBackOne() {
    servers.replica(1).pauseReplay();
  }

  void letGo() {
    servers.replica(1).resumeReplay();
  }

  /** Plain pools: the primary's, then one for each replica. */
  List<HikariDataSource> pools() {
    return Stream.concat(Stream.of(database.url()), servers.replicas().stream().map(this::url))
        .map(this::pool)
        .toList();
  }

  private HikariDataSource pool(String url) {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(url);
    pool.setUsername(database.username());
    pool.setPassword(database.password());
    return pool;
  }

  /** One DataSource for all of them; this is all that an application has to do. */
  LarderDataSource larder() {
    return LarderDataSource.builder()
        .url(database.url())
        .username(database.username())
        .password(database.password())
        .setting(Setting.WRITERS, "this-jvm")
        .setting(
            Setting.REPLICAS,
            servers.replicas().stream().map(this::url).collect(Collectors.joining(",")))
        .build();
  }

  private String url(PostgresReplica replica) {
    return replica.url(database);
  }

  @Override
  public void close() {
    servers.close();
  }
}
