package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Setting;
import dev.larder.testkit.Databases;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Symptom: a session that had set its isolation level by {@code setTransactionIsolation} changed
 * definitions, and what sessions begin with was read again on its own connection. Its level counted
 * as everybody's default from then on: on MariaDB and MySQL the first read of a REPEATABLE READ
 * transaction came from memory, and the second was of a later snapshot.
 */
final class LevelWhileDefaultsAreReadTest {

  private static final int[] LEVELS = {
    Connection.TRANSACTION_READ_UNCOMMITTED,
    Connection.TRANSACTION_READ_COMMITTED,
    Connection.TRANSACTION_REPEATABLE_READ,
    Connection.TRANSACTION_SERIALIZABLE
  };

  @EachDatabase
  void aLevelThatOneSessionHasIsNoDefault(TestDatabase database) throws SQLException {
    for (int level : LEVELS) {
      for (boolean isHeld : new boolean[] {false, true}) {
        List<String> plain;
        try (TestDatabase other = Databases.fresh(database.product())) {
          plain = seen(other, other.dataSource(), level, isHeld);
        }
        try (TestDatabase other = Databases.fresh(database.product());
            LarderDataSource larder =
                LarderDataSource.builder()
                    .url(other.url())
                    .username(other.username())
                    .password(other.password())
                    .setting(Setting.WRITERS, "this-jvm")
                    .setting(Setting.ADMISSION, "always")
                    .build()) {
          assertThat(seen(other, larder, level, isHeld))
              .as("level %d, connection held before: %s", level, isHeld)
              .isEqualTo(plain);
        }
      }
    }
  }

  private static List<String> seen(
      TestDatabase database, DataSource source, int level, boolean isHeld) throws SQLException {
    database.execute(
        "create table book (id int primary key, n int)",
        "create table author (id int primary key)",
        "insert into book values (3, 6)");
    List<String> seen = new ArrayList<>();
    try (Connection one = source.getConnection()) {
      if (isHeld) {
        execute(one, "insert into author values (1)");
      }
      one.setTransactionIsolation(level);
      execute(one, "create index books_by_n on book (n)");
      seen.add(count(one, "author"));
    }
    try (Connection one = source.getConnection()) {
      seen.add(count(one, "author"));
    }
    try (Connection two = source.getConnection();
        Connection writer = source.getConnection()) {
      two.setAutoCommit(false);
      seen.add(count(two, "author"));
      execute(writer, "delete from book where id = 3");
      seen.add(count(two, "book"));
      seen.add(String.valueOf(two.getTransactionIsolation()));
      two.rollback();
    }
    return seen;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private static String count(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from " + table)) {
      return row.next() ? row.getString(1) : "";
    }
  }
}
