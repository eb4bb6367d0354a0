package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/**
 * Symptom: after PostgreSQL refused to truncate a table that others refer to, the transaction's
 * connection was closed, because the pool took SQLSTATE 0A000 for a broken connection.
 */
class RefusedFeatureTest {

  @Test
  void aRefusedFeatureLeavesTheConnectionOpen() throws SQLException {
    try (TestDatabase database = Databases.postgres();
        LarderDataSource larder = LarderDataSource.wrap(database.dataSource())) {
      database.execute(
          "create table author (id int primary key)",
          "create table book (author int references author)");
      try (Connection connection = larder.getConnection();
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        assertThatThrownBy(() -> statement.execute("truncate author"))
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("0A000"));
        connection.rollback();
        try (ResultSet row = statement.executeQuery("select 1")) {
          assertThat(row.next()).isTrue();
        }
      }
    }
  }
}
