package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.testkit.Relay.Fate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RelayTest {

  @EachDatabase({Product.POSTGRESQL, Product.MARIADB, Product.MYSQL})
  void losesTheReplyToACommit(TestDatabase database) throws SQLException {
    database.execute("CREATE TABLE book (id INT PRIMARY KEY)");
    try (Relay relay = Relay.to(database);
        Connection connection = through(relay, database)) {
      insertOne(connection);
      Interception commit = relay.onNext(Relay.containing("COMMIT"), Fate.FORWARD_THEN_CUT);
      assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
      commit.awaitServerReply();
    }
    assertThat(books(database)).isEqualTo(1);
  }

  @EachDatabase({Product.POSTGRESQL, Product.MARIADB, Product.MYSQL})
  void deliversACommitLate(TestDatabase database) throws SQLException {
    database.execute("CREATE TABLE book (id INT PRIMARY KEY)");
    try (Relay relay = Relay.to(database);
        Connection connection = through(relay, database)) {
      insertOne(connection);
      Interception commit = relay.onNext(Relay.containing("COMMIT"), Fate.KEEP_THEN_CUT);
      assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
      commit.await();
      assertThat(books(database)).isZero();
      commit.deliver();
      assertThat(books(database)).isEqualTo(1);
    }
  }

  @EachDatabase({Product.POSTGRESQL, Product.MARIADB, Product.MYSQL})
  void discardsACommit(TestDatabase database) throws SQLException {
    database.execute("CREATE TABLE book (id INT PRIMARY KEY)");
    try (Relay relay = Relay.to(database);
        Connection connection = through(relay, database)) {
      insertOne(connection);
      Interception commit = relay.onNext(Relay.containing("COMMIT"), Fate.KEEP_THEN_CUT);
      assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
      commit.discard();
    }
    assertThat(books(database)).isZero();
  }

  /** Not on MySQL, whose driver asks whether the session may write before it sends the INSERT. */
  @EachDatabase({Product.POSTGRESQL, Product.MARIADB})
  void keepsRepliesBack(TestDatabase database) throws Exception {
    database.execute("CREATE TABLE book (id INT PRIMARY KEY)");
    try (Relay relay = Relay.to(database);
        Connection connection = through(relay, database)) {
      connection.setAutoCommit(true);
      relay.holdReplies();
      CompletableFuture<Void> insert =
          CompletableFuture.runAsync(
              () -> {
                try {
                  insertOne(connection);
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      while (books(database) == 0) {
        Thread.onSpinWait();
      }
      assertThat(insert).isNotDone();
      relay.releaseReplies();
      insert.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void cutsAllLinks() throws SQLException {
    try (TestDatabase database = Databases.h2Server();
        Relay relay = Relay.to(database)) {
      try (Connection connection = through(relay, database)) {
        relay.cut();
        assertThatThrownBy(() -> insertOne(connection)).isInstanceOf(SQLException.class);
      }
      try (Connection connection = through(relay, database)) {
        assertThat(connection.isValid(5)).isTrue();
      }
    }
  }

  private static Connection through(Relay relay, TestDatabase database) throws SQLException {
    Connection connection =
        DriverManager.getConnection(
            database.urlThrough(relay), database.username(), database.password());
    connection.setAutoCommit(false);
    return connection;
  }

  private static void insertOne(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO book VALUES (1)");
    }
  }

  private static int books(TestDatabase database) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM book")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
