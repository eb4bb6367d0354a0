package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.testkit.Databases;
import dev.larder.testkit.PostgresCluster;
import dev.larder.testkit.PostgresReplica;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Which reads go to a replica, what they see there, and what of it is kept. */
final class ReplicaRoutingTest {

  private static PostgresCluster cluster;
  private static PostgresReplica replica;
  private static TestDatabase database;
  private LarderDataSource larder;

  /** Makes each text another key, so that it is a miss. */
  private int fresh = 1_000_000;

  @BeforeAll
  static void create() {
    cluster = Databases.postgresCluster();
    replica = cluster.replica(0);
    database = cluster.fresh();
    database.execute(
        "create table book (id int primary key, n bigint not null)",
        "create table price (id int primary key, n bigint not null)");
  }

  @AfterAll
  static void drop() {
    cluster.awaitCaughtUp();
    database.close();
  }

  @BeforeEach
  void open() {
    database.execute(
        "delete from book",
        "delete from price",
        "insert into book values (1, 10), (2, 20)",
        "insert into price values (1, 100)");
    cluster.awaitCaughtUp();
    larder = larder("this-jvm", "5s");
    awaitServing();
  }

  @AfterEach
  void close() {
    larder.close();
  }

  private LarderDataSource larder(String writers, String maxStaleness) {
    return Replicated.larder(cluster, database)
        .setting(Setting.WRITERS, writers)
        .setting(Setting.MAX_STALENESS, maxStaleness)
        .setting(Setting.REPLICAS, replica.url(database))
        .setting(Setting.REPLICAS_MAX_LAG, "1h")
        .build();
  }

  @Test
  void whoeverAsksInSqlSeesTheReplica() throws SQLException {
    try (Connection connection = larder.getConnection();
        Statement statement = connection.createStatement();
        ResultSet replicas = statement.executeQuery("show larder replicas")) {
      assertThat(replicas.next()).isTrue();
      assertThat(replicas.getString("replica")).startsWith("jdbc:postgresql:").doesNotContain("?");
      assertThat(replicas.getBoolean("is_serving")).isTrue();
      assertThat(replicas.getString("condition")).isEqualTo("serving");
      assertThat(replicas.getLong("reads")).isPositive();
      assertThat(replicas.getLong("failures")).isZero();
      assertThat(replicas.next()).isFalse();
    }
  }

  private void awaitServing() {
    Replicated.awaitCondition(
        larder, s -> s.replicas().get(0).condition().equals("serving") && sendsOne());
  }

  private boolean sendsOne() {
    long before = byReplica();
    book(1);
    return byReplica() > before;
  }

  private static long readsOf(Statistics statistics) {
    return statistics.replicas().get(0).reads();
  }

  private long byReplica() {
    return readsOf(larder.statistics());
  }

  private long book(int id) {
    return ask("select n from book where id = " + id + " and n < " + fresh++);
  }

  private long ask(String sql) {
    try (Connection connection = larder.getConnection()) {
      return ask(connection, sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return row.getLong(1);
    }
  }

  private void update(String sql) {
    try (Connection connection = larder.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A try at something that a replica may be too slow for on a busy machine. */
  private interface Attempt {
    boolean succeeds() throws SQLException;
  }

  private void eventually(String what, Attempt attempt) throws SQLException {
    long limit = System.nanoTime() + 60_000_000_000L;
    while (!attempt.succeeds()) {
      assertThat(System.nanoTime()).as("%s: %s", what, larder.statistics()).isLessThan(limit);
    }
  }

  @Test
  void aReadThatIsAnsweredByAReplicaBorrowsNothingFromThePrimary() throws SQLException {
    eventually(
        "five reads by the replica",
        () -> {
          long borrowed = larder.statistics().borrowedConnections();
          long before = byReplica();
          readFiveTimes();
          boolean all = byReplica() == before + 5;
          if (all) {
            assertThat(larder.statistics().borrowedConnections()).isEqualTo(borrowed);
          }
          return all;
        });
  }

  private void readFiveTimes() throws SQLException {
    try (Connection connection = larder.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("select n from book where id = ? and n < ?")) {
      for (int i = 0; i < 5; i++) {
        statement.setInt(1, 2);
        statement.setInt(2, fresh++);
        try (ResultSet row = statement.executeQuery()) {
          assertThat(row.next()).isTrue();
          assertThat(row.getLong("n")).isEqualTo(20);
          assertThat(row.getStatement()).isSameAs(statement);
        }
      }
    }
  }

  @Test
  void whatAReplicaAnsweredIsKeptAndForgottenByAWrite() throws SQLException {
    eventually(
        "a read by the replica",
        () -> {
          String sql = "select n from book where id = 1 and n < " + fresh++;
          long before = byReplica();
          ask(sql);
          boolean went = byReplica() > before;
          if (went) {
            long hits = larder.statistics().hits();
            assertThat(ask(sql)).isEqualTo(10);
            assertThat(larder.statistics().hits()).isEqualTo(hits + 1);
            update("update book set n = 11 where id = 1");
            assertThat(ask(sql)).isEqualTo(11);
          }
          return went;
        });
  }

  @Test
  void aWriteIsSeenByEveryConnectionWhileReplayIsPaused() throws SQLException {
    ask("select n from price where id = 2 - 1");
    replica.pauseReplay();
    update("update book set n = 11 where id = 1");
    long before = byReplica();
    for (int i = 0; i < 50; i++) {
      assertThat(book(1)).isEqualTo(11);
      assertThat(ask("select n from book where id = 1")).isEqualTo(11);
    }
    assertThat(byReplica()).as("the replica is behind on book").isEqualTo(before);
    eventually(
        "the replica is not behind on price",
        () -> {
          assertThat(ask("select n from price where id = 1 and n < " + fresh++)).isEqualTo(100);
          return byReplica() > before;
        });
    replica.resumeReplay();
    awaitServing();
    assertThat(book(1)).isEqualTo(11);
  }

  @Test
  void aHintAcceptsALagAndItsAnswerIsNotKept() throws SQLException {
    replica.pauseReplay();
    update("update book set n = 11 where id = 1");
    eventually(
        "an answer that lags",
        () -> {
          String sql = "select n from book where id = 1 and n < " + fresh++;
          boolean lags = ask("/* larder(replica) */ " + sql) == 10;
          assertThat(ask(sql)).as("not from memory").isEqualTo(11);
          assertThat(ask("/* larder(replica) */ " + sql)).as("memory is fresher").isEqualTo(11);
          return lags;
        });
  }

  @Test
  void aHintKeepsAReadOnThePrimary() {
    long before = byReplica();
    for (int i = 0; i < 10; i++) {
      ask("/* larder(primary) */ select n from book where id = 2 and n < " + fresh++);
    }
    assertThat(byReplica()).isEqualTo(before);
  }

  @Test
  void readOnlyTransactionsGoAlsoAfterGetMetaData() throws SQLException {
    try (Connection connection = larder.getConnection()) {
      assertThat(connection.getMetaData().getDatabaseProductName()).isEqualTo("PostgreSQL");
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      eventually(
          "a read by the replica",
          () -> {
            long before = byReplica();
            assertThat(ask(connection, "select n from book where id = 1 and n < " + fresh++))
                .isEqualTo(10);
            return byReplica() > before;
          });
      update("update book set n = 12 where id = 1");
      assertThat(ask(connection, "select n from book where id = 1")).isEqualTo(12);
      connection.commit();
      connection.setAutoCommit(true);
      connection.setReadOnly(false);
    }
  }

  @Test
  void otherTransactionsStay() throws SQLException {
    try (Connection connection = larder.getConnection()) {
      connection.setAutoCommit(false);
      long before = byReplica();
      ask(connection, "select n from book where id = 1 and n < " + fresh++);
      connection.rollback();
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
      ask(connection, "select n from book where id = 1 and n < " + fresh++);
      assertThat(byReplica()).isEqualTo(before);
      connection.rollback();
    }
  }

  @Test
  void aReadOnlySnapshotTransactionReadsFromAReplicaWhatHasNotChanged() throws SQLException {
    // A table that nobody has read yet counts as just changed.
    ask("select n from price where id = 1");
    try (Connection connection = snapshotTransaction()) {
      eventually(
          "the first read by the replica",
          () -> {
            connection.commit();
            long before = byReplica();
            assertThat(ask(connection, "select n from book where id = 1 and n < " + fresh++))
                .isEqualTo(10);
            return byReplica() > before;
          });
      update("update book set n = 12 where id = 1");
      assertThat(ask("select n from book where id = 1")).isEqualTo(12);
      eventually(
          "what has not changed, by the replica",
          () -> {
            assertThat(ask(connection, "select n from book where id = 1 and n < " + fresh++))
                .as("as it was")
                .isEqualTo(10);
            long before = byReplica();
            assertThat(ask(connection, "select n from price where id = 1 and n < " + fresh++))
                .isEqualTo(100);
            return byReplica() > before;
          });
      connection.commit();
      assertThat(ask(connection, "select n from book where id = 1")).isEqualTo(12);
    }
  }

  @Test
  void aSnapshotTransactionSeesWhatWasCommittedBeforeItWhileReplayIsPaused() throws SQLException {
    replica.pauseReplay();
    update("update book set n = 11 where id = 1");
    try (Connection connection = snapshotTransaction()) {
      String sql = "/* larder(replica) */ select n from book where id = 1 and n < ";
      for (int i = 0; i < 5; i++) {
        assertThat(ask(connection, sql + fresh++)).isEqualTo(11);
        connection.commit();
      }
    }
  }

  private Connection snapshotTransaction() throws SQLException {
    Connection connection = larder.getConnection();
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setAutoCommit(false);
    return connection;
  }

  /** The mark comes before the first statement, and the connection goes back as it was. */
  @ParameterizedTest
  @ValueSource(
      ints = {
        TransactionDefinition.ISOLATION_DEFAULT,
        TransactionDefinition.ISOLATION_READ_COMMITTED,
        TransactionDefinition.ISOLATION_REPEATABLE_READ
      })
  void springsReadOnlyTransactionsGo(int isolation) throws SQLException {
    TransactionTemplate transaction =
        new TransactionTemplate(new DataSourceTransactionManager(larder));
    transaction.setReadOnly(true);
    transaction.setIsolationLevel(isolation);
    JdbcTemplate template = new JdbcTemplate(larder);
    eventually(
        "a read by the replica",
        () -> {
          long before = byReplica();
          transaction.executeWithoutResult(
              status -> {
                template.execute(
                    (ConnectionCallback<String>)
                        connection -> connection.getMetaData().getDatabaseProductName());
                assertThat(
                        template.queryForObject(
                            "select n from book where id = ? and n < ?", Long.class, 1, fresh++))
                    .isEqualTo(10);
              });
          return byReplica() > before;
        });
    assertThat(template.update("update book set n = 11 where id = 1")).isEqualTo(1);
  }

  @Test
  void sessionsThatHaveSetSomethingStay() throws SQLException {
    long before = byReplica();
    try (Connection connection = larder.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("set extra_float_digits = 0");
      ask(connection, "select n from book where id = 1 and n < " + fresh++);
    }
    try (Connection connection = larder.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create temporary table book (id int, n bigint)");
      statement.execute("insert into book values (1, -1)");
      assertThat(ask(connection, "select n from book where id = 1 and n < " + fresh++))
          .isEqualTo(-1);
    }
    try (Connection connection = larder.getConnection()) {
      connection.setSchema("pg_catalog");
      ask(connection, "select n from public.book where id = 1 and n < " + fresh++);
    }
    try (Connection connection = larder.getConnection(database.username(), database.password())) {
      ask(connection, "select n from book where id = 1 and n < " + fresh++);
    }
    assertThat(byReplica()).isEqualTo(before);
  }

  @Test
  void aLargeAnswerStreamsAndItsConnectionComesBack() throws SQLException {
    update("insert into price select i, i from generate_series(2, 30000) i");
    replica.awaitCaughtUp();
    for (int round = 0; round < 12; round++) {
      try (Connection connection = larder.getConnection();
          Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "select id from price where id < " + fresh++ + " order by id")) {
        int seen = 0;
        while (rows.next()) {
          seen++;
          assertThat(rows.getInt(1)).isEqualTo(seen);
        }
        assertThat(seen).isEqualTo(30_000);
        assertThat(statement.getUpdateCount()).isEqualTo(-1);
        assertThat(statement.getMoreResults()).isFalse();
      }
    }
    // More rounds than the replica's pool has connections: none of them is kept.
    awaitServing();
  }

  @Test
  void aFailureOfTheQueryIsThePrimarysOwn() {
    assertThatThrownBy(() -> ask("select 1 / (n - 10) from book where id = 1"))
        .hasRootCauseInstanceOf(SQLException.class)
        .rootCause()
        .hasFieldOrPropertyWithValue("SQLState", "22012");
  }

  @Test
  void theLagCountsTowardsMaxStaleness() throws Exception {
    larder.close();
    larder = larder("anyone", "1s");
    awaitServing();
    replica.pauseReplay();
    // A writer that Larder cannot see.
    database.execute("update book set n = 11 where id = 1");
    long tooOld = System.nanoTime() + 1_100_000_000L;
    boolean mustBeNew = false;
    while (!mustBeNew) {
      mustBeNew = System.nanoTime() - tooOld > 0;
      long seen = ask("select n from book where id = 1");
      assertThat(seen == 11 || (seen == 10 && !mustBeNew)).as("%s", seen).isTrue();
    }
    long before = byReplica();
    for (int i = 0; i < 20; i++) {
      assertThat(book(1)).isEqualTo(11);
    }
    assertThat(byReplica()).as("it lags by more than a second").isEqualTo(before);
  }

  /** What a replica lags behind by, unseen, may be what a lock guards or a snapshot holds. */
  @ParameterizedTest
  @ValueSource(
      ints = {Connection.TRANSACTION_READ_COMMITTED, Connection.TRANSACTION_REPEATABLE_READ})
  void afterALockAndInASnapshotThePrimaryAnswersWhereOthersWriteUnseen(int isolation)
      throws Exception {
    larder.close();
    larder = larder("anyone", "1h");
    awaitServing();
    try (Connection connection = larder.getConnection()) {
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(isolation);
      ask(connection, "select 1 from pg_advisory_xact_lock_shared(1)");
      long before = byReplica();
      for (int i = 0; i < 5; i++) {
        assertThat(ask(connection, "select n from book where id = 1 and n < " + fresh++))
            .isEqualTo(10);
      }
      assertThat(byReplica()).isEqualTo(before);
      connection.rollback();
    }
  }

  @Test
  void aMistakeShowsAtTheStart() {
    assertThatThrownBy(
            () ->
                LarderDataSource.builder()
                    .url(database.url())
                    .setting(Setting.REPLICAS, "jdbc:mariadb://somewhere/shop")
                    .build())
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("larder.replicas");
    assertThatThrownBy(
            () ->
                LarderDataSource.builder()
                    .url("jdbc:h2:mem:none")
                    .setting(Setting.REPLICAS, replica.url(database))
                    .build())
        .isInstanceOf(InvalidSettingsException.class);
    assertThatThrownBy(
            () ->
                LarderDataSource.builder()
                    .url(database.url())
                    .setting(Setting.REPLICAS, "postgresql://host/x?password=secret")
                    .build())
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageNotContaining("secret");
  }
}
