package dev.larder.testkit;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.h2.tools.Server;

/**
 * Fresh databases of each product, and servers for tests that need their own.
 *
 * <p>Safe for use by several threads. A shared server starts when first asked for and ends with the
 * JVM, however that ends. Where MariaDB, MySQL or Redis cannot start, the methods that need them
 * abort the test with the reason (JUnit shows it as skipped); where PostgreSQL cannot, they fail.
 */
public final class Databases {
  private static final Shared<Endpoint> POSTGRES =
      new Shared<>(
          "PostgreSQL",
          Shared.Otherwise.FAIL,
          () ->
              DockerEngine.orElse(
                  () -> DockerEngine.postgres(postgresMajor()),
                  () -> PostgresServer.start(postgresMajor(), Map.of()).endpoint()));

  private static final DatabaseStock POSTGRES_STOCK = new DatabaseStock();

  private static final Shared<Endpoint> MARIADB =
      new Shared<>(
          "MariaDB",
          Shared.Otherwise.SKIP,
          () -> DockerEngine.orElse(DockerEngine::mariadb, MariaDbServer::start));

  private static final Shared<Endpoint> MYSQL =
      new Shared<>(
          "MySQL",
          Shared.Otherwise.SKIP,
          () -> DockerEngine.orElse(DockerEngine::mysql, MySqlServer::start));

  private static final DatabaseStock MYSQL_STOCK = new DatabaseStock();

  private static final Map<Product, Shared<BinlogServer>> BINLOG =
      Map.of(
          Product.MARIADB,
          new Shared<>(
              "MariaDB with a binary log",
              Shared.Otherwise.SKIP,
              () -> BinlogServer.start(Product.MARIADB, List.of())),
          Product.MYSQL,
          new Shared<>(
              "MySQL with a binary log",
              Shared.Otherwise.SKIP,
              () -> BinlogServer.start(Product.MYSQL, List.of())));

  private static final Shared<RedisServer> REDIS =
      new Shared<>(
          "Redis",
          Shared.Otherwise.SKIP,
          () -> DockerEngine.orElse(DockerEngine::redis, RedisServer::startEmbedded));

  private static final Shared<Endpoint> H2_SERVER =
      new Shared<>("H2's TCP server", Shared.Otherwise.FAIL, Databases::startH2Server);

  private static final Shared<PostgresCluster> CLUSTER =
      new Shared<>(
          "PostgreSQL with replicas", Shared.Otherwise.FAIL, () -> PostgresCluster.start(Map.of()));

  private static final Shared<MySqlCluster> MYSQL_CLUSTER =
      new Shared<>("MySQL with replicas", Shared.Otherwise.SKIP, MySqlCluster::start);

  private Databases() {}

  /** A fresh, empty database of a product. */
  public static TestDatabase fresh(Product product) {
    return switch (product) {
      case POSTGRESQL -> postgres();
      case MARIADB -> mariadb();
      case MYSQL -> mysql();
      case H2 -> h2();
    };
  }

  /**
   * A fresh database on the shared PostgreSQL server, which runs with {@code wal_level=logical},
   * {@code max_prepared_transactions=20} and {@code max_connections=200}.
   */
  public static TestDatabase postgres() {
    Endpoint server = POSTGRES.get();
    return POSTGRES_STOCK.take(() -> PostgresDatabase.create(server));
  }

  /** A fresh database on the shared MariaDB server. */
  public static TestDatabase mariadb() {
    return MariaDbDatabase.create(MARIADB.get());
  }

  /** A fresh database on the shared MySQL server. */
  public static TestDatabase mysql() {
    return MySqlDatabase.create(MYSQL.get());
  }

  /**
   * A fresh database on the shared MariaDB or MySQL server that keeps a binary log: of rows, with
   * their columns' names, on MySQL with GTIDs. It is embedded wherever the tests run.
   */
  public static TestDatabase logging(Product product) {
    return Objects.requireNonNull(BINLOG.get(product)).get().fresh();
  }

  /**
   * An embedded MariaDB or MySQL server of the test's own, with a binary log; the test closes it.
   *
   * @param settings as its command line takes them, behind those of the shared server
   */
  public static BinlogServer binlogServer(Product product, String... settings) {
    return new Shared<>(
            product + " with a binary log",
            Shared.Otherwise.SKIP,
            () -> BinlogServer.start(product, List.of(settings)))
        .get();
  }

  /** An embedded server of the test's own; the test closes it. There is none of H2. */
  public static OwnServer server(Product product) {
    return switch (product) {
      case POSTGRESQL -> postgresServer();
      case MARIADB, MYSQL -> binlogServer(product);
      case H2 -> throw new IllegalArgumentException("H2 runs in the test itself");
    };
  }

  /** A fresh H2 database in this JVM's memory. */
  public static TestDatabase h2() {
    return H2Database.create(null);
  }

  /** A fresh H2 database in this JVM's memory, reached through a TCP server on loopback. */
  public static TestDatabase h2Server() {
    return H2Database.create(H2_SERVER.get());
  }

  /** The shared Redis server; it keeps what earlier tests left there. */
  public static RedisServer redis() {
    return REDIS.get();
  }

  /** An embedded PostgreSQL server of the test's own; the test closes it. */
  public static PostgresServer postgresServer() {
    return postgresServer(Map.of());
  }

  /**
   * An embedded PostgreSQL server of the test's own; the test closes it.
   *
   * @param settings by their names in {@code postgresql.conf}, on top of the shared server's
   */
  public static PostgresServer postgresServer(Map<String, String> settings) {
    return PostgresServer.start(postgresMajor(), settings);
  }

  /**
   * The shared PostgreSQL server with two replicas: a test that stops their replay lets it go on,
   * and kills and promotes none.
   */
  public static PostgresCluster postgresCluster() {
    return CLUSTER.get();
  }

  /**
   * A PostgreSQL server with two replicas of the test's own; the test closes it.
   *
   * @param settings of all three, by their names in {@code postgresql.conf}
   */
  public static PostgresCluster postgresCluster(Map<String, String> settings) {
    return PostgresCluster.start(settings);
  }

  /**
   * The shared MySQL server with two replicas by GTID, embedded wherever the tests run: a test that
   * stops their replay lets it go on.
   */
  public static MySqlCluster mysqlCluster() {
    return MYSQL_CLUSTER.get();
  }

  /** The same, of the test's own; the test closes it. */
  public static MySqlCluster ownMysqlCluster() {
    return new Shared<>("MySQL with replicas", Shared.Otherwise.SKIP, MySqlCluster::start).get();
  }

  /** The major version of PostgreSQL that the tests run on: 15 to 18. */
  public static int postgresMajor() {
    return Integer.getInteger("larder.test.postgres", 17);
  }

  private static Endpoint startH2Server() throws Exception {
    Server server = Server.createTcpServer("-tcpPort", "0", "-tcpDaemon", "-ifNotExists").start();
    return new Endpoint(
        "h2:tcp", "127.0.0.1", server.getPort(), Endpoint.USERNAME, Endpoint.PASSWORD);
  }
}
