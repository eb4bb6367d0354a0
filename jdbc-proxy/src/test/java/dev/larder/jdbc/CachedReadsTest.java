package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What is answered from memory, and what makes it forgotten, in one transaction after another. */
final class CachedReadsTest {

  private LarderDataSource larder;

  @BeforeEach
  void aTableWithOneRow(TestDatabase database) {
    database.execute(
        "create table book (id int primary key, title varchar(50))",
        "create table author (id int primary key, name varchar(50))",
        "insert into book values (1, 'v1')");
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    larder = LarderDataSource.wrap(database.dataSource(), settings);
  }

  @AfterEach
  void close() {
    larder.close();
  }

  @EachDatabase
  void theSecondReadIsAnsweredFromMemory(TestDatabase database) throws SQLException {
    assertThat(title()).isEqualTo("v1");
    long before = larder.statistics().statementsToDatabase();
    assertThat(title()).isEqualTo("v1");
    assertThat(larder.explain("select title from book where id = 1").toString())
        .startsWith("Cached");
    assertThat(larder.statistics().hits()).isEqualTo(1);
    assertThat(larder.statistics().statementsToDatabase()).isEqualTo(before);
  }

  @EachDatabase
  void anOwnWriteIsSeenAtOnce(TestDatabase database) throws SQLException {
    title();
    update("update book set title = 'v2' where id = 1");
    assertThat(title()).isEqualTo("v2");
    assertThat(title()).isEqualTo("v2");
    assertThat(larder.statistics().hits()).isEqualTo(1);
  }

  @EachDatabase
  void aWriteToAnotherTableForgetsNothing(TestDatabase database) throws SQLException {
    title();
    update("insert into author values (1, 'Ann')");
    title();
    assertThat(larder.statistics().hits()).isEqualTo(1);
  }

  @EachDatabase
  void whatIsNotCommittedIsSeenByItsTransactionAlone(TestDatabase database) throws SQLException {
    title();
    try (Connection writer = larder.getConnection()) {
      writer.setAutoCommit(false);
      update(writer, "update book set title = 'never' where id = 1");
      assertThat(title(writer)).isEqualTo("never");
      assertThat(title()).isEqualTo("v1");
      writer.rollback();
      assertThat(title(writer)).isEqualTo("v1");
      writer.rollback();
    }
    assertThat(title()).isEqualTo("v1");
  }

  @EachDatabase
  void aCommitIsSeenByAll(TestDatabase database) throws SQLException {
    title();
    try (Connection writer = larder.getConnection()) {
      writer.setAutoCommit(false);
      update(writer, "update book set title = 'v2' where id = 1");
      writer.commit();
    }
    assertThat(title()).isEqualTo("v2");
  }

  private String title() throws SQLException {
    try (Connection connection = larder.getConnection()) {
      return title(connection);
    }
  }

  private static String title(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select title from book where id = ?")) {
      statement.setInt(1, 1);
      try (ResultSet row = statement.executeQuery()) {
        assertThat(row.next()).isTrue();
        return row.getString(1);
      }
    }
  }

  private void update(String sql) throws SQLException {
    try (Connection connection = larder.getConnection()) {
      update(connection, sql);
    }
  }

  private static void update(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
