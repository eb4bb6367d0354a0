package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class PostgresReplicaTest {

  @Test
  void followsHoldsBackCrashesAndTakesOver() throws SQLException {
    try (PostgresServer primary = Databases.postgresServer();
        PostgresReplica replica = primary.replicate()) {
      TestDatabase database = primary.fresh();
      database.execute("CREATE TABLE book (id INT)", "INSERT INTO book VALUES (1)");
      replica.awaitCaughtUp();
      assertThat(books(replica, database)).isEqualTo(1);

      replica.pauseReplay();
      database.execute("INSERT INTO book VALUES (2)");
      assertThat(books(replica, database)).isEqualTo(1);
      replica.resumeReplay();
      replica.awaitCaughtUp();
      assertThat(books(replica, database)).isEqualTo(2);

      replica.freeze();
      database.execute("INSERT INTO book VALUES (3)");
      replica.thaw();
      replica.kill();
      assertThatThrownBy(() -> books(replica, database)).isInstanceOf(SQLException.class);
      replica.restart();
      replica.awaitCaughtUp();
      assertThat(books(replica, database)).isEqualTo(3);

      replica.promote();
      try (Connection own = connect(replica, database);
          Statement statement = own.createStatement()) {
        assertThat(statement.executeUpdate("INSERT INTO book VALUES (4)")).isEqualTo(1);
      }
    }
  }

  private static int books(PostgresReplica replica, TestDatabase database) throws SQLException {
    try (Connection connection = connect(replica, database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM book")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static Connection connect(PostgresReplica replica, TestDatabase database)
      throws SQLException {
    return DriverManager.getConnection(
        replica.url(database), database.username(), database.password());
  }
}
