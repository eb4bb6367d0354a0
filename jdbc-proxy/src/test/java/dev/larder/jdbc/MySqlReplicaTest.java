package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.Databases;
import dev.larder.testkit.MySqlCluster;
import dev.larder.testkit.MySqlReplica;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which reads MySQL's replicas answer, and which replicas get none. */
class MySqlReplicaTest {

  private final MySqlCluster cluster = Databases.mysqlCluster();

  private static LarderDataSource larder(MySqlCluster cluster, TestDatabase database) {
    return Replicated.larder(cluster, database).setting(Setting.ADMISSION, "always").build();
  }

  private TestDatabase stocked() {
    TestDatabase database = cluster.fresh();
    database.execute(
        "create table stock (id int primary key, n int)",
        "insert into stock values (1, 0), (2, 0)");
    return database;
  }

  private static int read(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return row.getInt(1);
    }
  }

  private static void write(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  @Test
  void aReplicaAnswersWhatItHasAndThePrimaryTheRest() throws Exception {
    try (TestDatabase database = stocked();
        LarderDataSource larder = larder(cluster, database);
        Connection connection = larder.getConnection()) {
      Replicated.await(larder, 2);
      cluster.replicas().forEach(MySqlReplica::pauseReplay);
      try {
        write(connection, "update stock set n = 1 where id = 1");
        long before = Replicated.reads(larder);
        assertThat(read(connection, "select n from stock where id = 1")).isEqualTo(1);
        assertThat(Replicated.reads(larder)).as("no replica has it").isEqualTo(before);
      } finally {
        cluster.awaitCaughtUp();
      }
      awaitReadByReplica(larder, connection);
    }
  }

  /** Writes and reads until a replica has answered what was written. */
  private static void awaitReadByReplica(LarderDataSource larder, Connection connection)
      throws SQLException {
    long before = Replicated.reads(larder);
    long limit = System.nanoTime() + 60_000_000_000L;
    for (int n = 10; Replicated.reads(larder) == before; n++) {
      assertThat(System.nanoTime()).as("%s", larder.statistics()).isLessThan(limit);
      write(connection, "update stock set n = " + n + " where id = 1");
      for (int i = 0; i < 50 && Replicated.reads(larder) == before; i++) {
        // Each text is a miss once; a comment tells it from the others.
        assertThat(read(connection, "select n from stock where id = 1 and 0 <= " + i)).isEqualTo(n);
      }
    }
  }

  @Test
  void aSnapshotIsFixedOnThePrimaryByItsFirstRead() throws Exception {
    try (TestDatabase database = stocked();
        LarderDataSource larder = larder(cluster, database);
        Connection connection = larder.getConnection();
        Connection other = larder.getConnection()) {
      Replicated.await(larder, 2);
      awaitReadByReplica(larder, other);
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      assertThat(connection.getTransactionIsolation())
          .isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
      long before = Replicated.reads(larder);
      assertThat(read(connection, "select id from stock where id = 2")).isEqualTo(2);
      assertThat(Replicated.reads(larder)).as("the primary fixes it").isEqualTo(before);
      assertThat(read(connection, "select count(*) from stock where n >= -1")).isEqualTo(2);
      assertThat(Replicated.reads(larder)).as("what has not changed since").isEqualTo(before + 1);
      write(other, "delete from stock where id = 2");
      assertThat(read(connection, "select count(*) from stock where n >= -2")).isEqualTo(2);
      assertThat(Replicated.reads(larder)).as("what has changed since").isEqualTo(before + 1);
      connection.commit();
      assertThat(read(connection, "select count(*) from stock where n >= -3")).isEqualTo(1);
      connection.rollback();
    }
  }

  @Test
  void whatAServerIsAskedOfItselfStaysOnThePrimary() throws Exception {
    try (TestDatabase database = stocked();
        LarderDataSource larder = larder(cluster, database);
        Connection connection = larder.getConnection()) {
      Replicated.await(larder, 2);
      awaitReadByReplica(larder, connection);
      for (int i = 0; i < 5; i++) {
        assertThat(read(connection, "select @@server_id from stock where id = 1")).isEqualTo(1);
        assertThat(read(connection, "select @@read_only from stock where id = 1")).isEqualTo(0);
      }
    }
  }

  @Test
  void aReplicaThatLeavesOutTablesGetsNoReads() throws Exception {
    MySqlReplica replica = cluster.replicas().get(0);
    try (TestDatabase database = stocked();
        LarderDataSource larder = larder(cluster, database)) {
      Replicated.await(larder, 2);
      replica.execute(
          "stop slave sql_thread",
          "change replication filter replicate_ignore_table = (none.such)",
          "start slave sql_thread");
      try {
        Replicated.await(larder, 1);
      } finally {
        replica.execute(
            "stop slave sql_thread",
            "change replication filter replicate_ignore_table = ()",
            "start slave sql_thread");
      }
      Replicated.await(larder, 2);
    }
  }

  @Test
  void aReplicaThatTakesWritesGetsNoReads() throws Exception {
    MySqlReplica replica = cluster.replicas().get(1);
    try (TestDatabase database = stocked();
        LarderDataSource larder = larder(cluster, database)) {
      Replicated.await(larder, 2);
      replica.execute("set global read_only = off");
      try {
        Replicated.await(larder, 1);
        assertThat(larder.statistics().replicas())
            .anyMatch(r -> r.condition().contains("it takes writes"));
      } finally {
        replica.execute("set global super_read_only = on");
      }
      Replicated.await(larder, 2);
    }
  }

  @Tag("long")
  @Test
  void aReplicaWithATransactionOfItsOwnGetsNoReadsAndARestartForgetsWhatWasKnown()
      throws Exception {
    try (MySqlCluster own = Databases.ownMysqlCluster();
        TestDatabase database = own.fresh()) {
      database.execute(
          "create table stock (id int primary key, n int)", "insert into stock values (1, 0)");
      try (LarderDataSource larder = larder(own, database)) {
        Replicated.await(larder, 2);
        own.restartPrimary();
        own.awaitCaughtUp();
        Replicated.await(larder, 2);
        try (Connection connection = larder.getConnection()) {
          awaitReadByReplica(larder, connection);
        }
        MySqlReplica replica = own.replicas().get(0);
        replica.execute(
            "set global super_read_only = off",
            "create database astray",
            "set global super_read_only = on");
        Replicated.await(larder, 1);
        assertThat(larder.statistics().replicas())
            .anyMatch(r -> r.condition().contains("has what the primary has not"));
      }
    }
  }
}
