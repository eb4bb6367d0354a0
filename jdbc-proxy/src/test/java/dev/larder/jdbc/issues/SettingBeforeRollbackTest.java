package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Symptom: after SET ROLE (or any other setting) in auto-commit mode, a transaction that was rolled
 * back made Larder forget the setting, which the database keeps: the session was then answered with
 * rows of a session without it. Found by the equivalence workload.
 */
class SettingBeforeRollbackTest {

  private final TestDatabase database = Databases.postgres();
  private final LarderDataSource larder = LarderDataSource.wrap(database.dataSource());

  @BeforeEach
  void theSameTableInTwoSchemas() throws SQLException {
    database.execute(
        "create table shelf (owner text)",
        "insert into shelf values ('public')",
        "create schema tenant",
        "create table tenant.shelf (owner text)",
        "insert into tenant.shelf values ('tenant')");
    try (Connection plain = larder.getConnection()) {
      assertThat(owner(plain)).isEqualTo("public");
    }
  }

  @AfterEach
  void close() {
    larder.close();
    database.close();
  }

  @Test
  void aRollbackKeepsWhatWasSetBeforeTheTransaction() throws SQLException {
    try (Connection connection = larder.getConnection()) {
      execute(connection, "set search_path to tenant");
      connection.setAutoCommit(false);
      connection.rollback();
      assertThat(owner(connection)).isEqualTo("tenant");
    }
  }

  @Test
  void theSameForASettingMadeByMethod() throws SQLException {
    try (Connection connection = larder.getConnection()) {
      execute(connection, "set statement_timeout = 10000");
      connection.setSchema("tenant");
      connection.setAutoCommit(false);
      execute(connection, "insert into shelf values ('undone')");
      connection.rollback();
      assertThat(owner(connection)).isEqualTo("tenant");
    }
  }

  @Test
  void aRollbackOutsideATransactionUndoesNothing() throws SQLException {
    try (Connection connection = larder.getConnection()) {
      execute(connection, "set search_path to tenant");
      execute(connection, "rollback");
      assertThat(owner(connection)).isEqualTo("tenant");
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String owner(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select owner from shelf")) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }
}
