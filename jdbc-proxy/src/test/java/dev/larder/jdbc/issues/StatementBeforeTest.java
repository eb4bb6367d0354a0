package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.Databases;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/**
 * Symptom: on MariaDB, after an answer from memory, {@code found_rows()}, {@code row_count()},
 * {@code SHOW WARNINGS} and {@code @@warning_count} spoke of an earlier statement.
 *
 * <p>The same statements run on a connection of Larder's and on a direct one, each with a database
 * of its own, and every answer is compared.
 */
class StatementBeforeTest {

  private static final String[] BEFORE = {
    "insert into t (name) values ('x')",
    "update t set name = concat(name, '') where id < 3",
    "update t set name = 'long' where id > 100",
    "select 1 / 0, id from t order by id limit 4",
    "drop table if exists nothing, nowhere",
    "select * from nowhere",
    "select last_insert_id(77)",
  };

  private static final String[] KEPT = {
    "select id, name from t order by id limit 2",
    "select name from t where id = 1",
    "select name from t where id = 9999",
    "select id from t where id < 13 order by name, id",
    "select count(*) from t where id < 3",
    "select name from t where id < 4 group by name",
    "select id from t where id = 1 union select id from t where id = 2",
    "select distinct 1 from t",
  };

  /** MariaDB goes on telling of the statement before these. */
  private static final String[] KEPT_WITHOUT_TABLES = {
    "select 1", "values (1), (2)", "select 1 union select 2", "select concat('a', 'b')",
  };

  private static final String[] QUESTIONS = {
    "select found_rows()",
    "select row_count()",
    "select found_rows(), row_count(), @@warning_count, @@error_count",
    "show warnings",
    "show errors",
    "show count(*) warnings",
    "show count(*) errors",
    "select @@session.warning_count",
    "select last_insert_id(), @@last_insert_id, @@identity",
    "set @n = found_rows()",
    "select @n",
    "get diagnostics @c = number",
    "select @c",
    "select count(*) + found_rows() from t",
    "insert into note (a, b) select found_rows(), row_count()",
    "select a, b from note order by id desc limit 3",
    "execute immediate 'select found_rows()'",
    "call rows_before()",
  };

  @Test
  void whatMariaDbTellsOfTheStatementBefore() throws SQLException {
    try (TestDatabase one = Databases.mariadb();
        TestDatabase two = Databases.mariadb()) {
      given(one);
      given(two);
      Properties settings = new Properties();
      settings.setProperty("larder.writers", "this-jvm");
      List<String> wrong = new ArrayList<>();
      long hits;
      int asked = 0;
      try (LarderDataSource larder = LarderDataSource.wrap(one.dataSource(), settings)) {
        for (String question : QUESTIONS) {
          try (Connection plain = two.dataSource().getConnection();
              Connection ours = larder.getConnection()) {
            // A pool's connection has a past.
            plain.createStatement().execute("select last_insert_id(0)");
            ours.createStatement().execute("select last_insert_id(0)");
            int turn = asked++;
            for (String before : List.of(of(BEFORE, turn), of(BEFORE, turn + 4))) {
              for (String kept : KEPT) {
                wrong.addAll(compare(plain, ours, before, kept, question));
              }
              for (String kept : KEPT_WITHOUT_TABLES) {
                // Definitions are read again after DDL, on this connection: a statement as well.
                if (!before.startsWith("drop")) {
                  wrong.addAll(compare(plain, ours, before, kept, question));
                }
              }
            }
          }
        }
        hits = larder.statistics().hits();
      }
      assertThat(wrong).isEmpty();
      assertThat(hits).isGreaterThan(200);
    }
  }

  private static String of(String[] texts, int turn) {
    return texts[turn % texts.length];
  }

  private static List<String> compare(
      Connection plain, Connection ours, String before, String kept, String question)
      throws SQLException {
    answer(ours, kept);
    List<String> wrong = new ArrayList<>();
    for (String sql : List.of(before, KEPT[0], kept, question, "select found_rows()")) {
      String right = answer(plain, sql);
      String got = answer(ours, sql);
      if (!got.equals(right)) {
        String story = before + "; " + kept + "; " + question + ": ";
        wrong.add(story + sql + " is " + right + ", not " + got);
      }
    }
    return wrong;
  }

  /** The other products tell of a session's writes only, and those are the server's. */
  @Test
  void whatPostgresTellsOfTheSession() throws SQLException {
    try (TestDatabase one = Databases.postgres();
        TestDatabase two = Databases.postgres()) {
      for (TestDatabase database : List.of(one, two)) {
        database.execute(
            "create table t (id serial primary key, name varchar(20))",
            "insert into t (name) select 'n' from generate_series(1, 20)");
      }
      alike(
          one,
          two,
          "insert into t (name) values ('x')",
          "select name from t where id = 1",
          "select name from t where id = 1",
          "select lastval()",
          "select currval('t_id_seq')",
          "begin",
          "select name from t where id = 2",
          "select txid_current_if_assigned() is null",
          "update t set name = 'y' where id = 2",
          "select name from t where id = 1",
          "select txid_current_if_assigned() is null",
          "rollback",
          "select pg_my_temp_schema()",
          "create temporary table x (id int)",
          "select name from t where id = 1",
          "select pg_my_temp_schema() > 0",
          "fetch next from nothing",
          "prepare q as select name from t where id = 2",
          "select name from t where id = 1",
          "execute q");
    }
  }

  @Test
  void whatH2TellsOfTheSession() throws SQLException {
    try (TestDatabase one = Databases.h2();
        TestDatabase two = Databases.h2()) {
      for (TestDatabase database : List.of(one, two)) {
        database.execute(
            "set mode mysql",
            "create table t (id int auto_increment primary key, name varchar(20))",
            "insert into t (name) select 'n' from system_range(1, 20)",
            "create sequence s");
      }
      alike(
          one,
          two,
          "insert into t (name) values ('x')",
          "select name from t where id = 1",
          "select last_insert_id()",
          "select next value for s",
          "select name from t where id = 1",
          "select current value for s",
          "set @x = 3",
          "select name from t where id = 1",
          "select @x",
          "select name from t where id = @x",
          "select @x := id from t where id < 3",
          "select name from t where id = 1",
          "select @x",
          "select transaction_id() is null");
    }
  }

  /** Keys belong to the execution that made them. */
  @EachDatabase
  void keysOfTheStatementBefore(TestDatabase database) throws SQLException {
    String key = database.product() == Product.POSTGRESQL ? "serial" : "int auto_increment";
    database.execute(
        "create table t (id " + key + " primary key, name varchar(20))",
        "insert into t (name) values ('a')");
    try (LarderDataSource larder = LarderDataSource.wrap(database.dataSource(), new Properties());
        Connection ours = larder.getConnection();
        Connection plain = database.connect()) {
      for (int time = 0; time < 3; time++) {
        assertThat(keys(ours)).isEqualTo(keys(plain));
      }
      assertThat(larder.statistics().hits()).isPositive();
    }
  }

  /** How many keys a statement tells of after a query. */
  private static String keys(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("insert into t (name) values ('b')", Statement.RETURN_GENERATED_KEYS);
      answer(connection, "select name from t where id = 1");
      try (ResultSet rows = statement.executeQuery("select name from t where id = 1")) {
        rows.next();
      }
      try (ResultSet rows = statement.getGeneratedKeys()) {
        return rows.next() ? "a key" : "none";
      }
    } catch (SQLException e) {
      return "SQLSTATE " + e.getSQLState();
    }
  }

  private static void alike(TestDatabase one, TestDatabase two, String... script)
      throws SQLException {
    try (LarderDataSource larder = LarderDataSource.wrap(one.dataSource(), new Properties());
        Connection plain = two.dataSource().getConnection();
        Connection ours = larder.getConnection()) {
      try (Connection other = larder.getConnection()) {
        answer(other, "select name from t where id = 1");
        answer(other, "select name from t where id = 2");
      }
      for (String sql : script) {
        assertThat(answer(ours, sql)).as(sql).isEqualTo(answer(plain, sql));
      }
      assertThat(larder.statistics().hits()).isPositive();
    }
  }

  /** A prepared statement whose parameters were changed, and that is closed, has said enough. */
  @Test
  void theStatementThatWasAnsweredMayBeGone() throws SQLException {
    try (TestDatabase database = Databases.mariadb()) {
      given(database);
      try (LarderDataSource larder =
              LarderDataSource.wrap(database.dataSource(), new Properties());
          Connection connection = larder.getConnection()) {
        for (int time = 0; time < 3; time++) {
          try (PreparedStatement kept =
              connection.prepareStatement("select id from t where id <= ?")) {
            kept.setInt(1, 3);
            try (ResultSet rows = kept.executeQuery()) {
              assertThat(rows.next()).isTrue();
            }
            kept.setInt(1, 1);
          }
          assertThat(answer(connection, "select found_rows()")).isEqualTo("3;");
        }
        assertThat(larder.statistics().hits()).isPositive();
      }
    }
  }

  /** Reading the catalogue must not come between a statement and what is asked of it. */
  @Test
  void whatLarderAsksForItselfIsNoStatementBefore() throws SQLException {
    try (TestDatabase database = Databases.mariadb()) {
      given(database);
      try (LarderDataSource larder =
              LarderDataSource.wrap(database.dataSource(), new Properties());
          Connection connection = larder.getConnection();
          Connection other = larder.getConnection()) {
        answer(connection, "select name from t where id = 1");
        for (String question :
            List.of("show count(*) warnings", "select @@warning_count", "select row_count()")) {
          answer(other, "create or replace table other_" + question.length() + " (id int)");
          answer(connection, "drop table if exists nowhere");
          String expected = question.contains("row_count") ? "0;" : "1;";
          assertThat(answer(connection, question)).as(question).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void warningsOfTheConnection() throws SQLException {
    try (TestDatabase database = Databases.mariadb()) {
      given(database);
      try (LarderDataSource larder =
              LarderDataSource.wrap(database.dataSource(), new Properties());
          Connection connection = larder.getConnection()) {
        for (int time = 0; time < 3; time++) {
          answer(connection, "drop table if exists nowhere");
          answer(connection, "select name from t where id = 1");
          assertThat(connection.getWarnings() == null).isTrue();
        }
      }
    }
  }

  private static void given(TestDatabase database) throws SQLException {
    database.execute(
        "create table t (id int auto_increment primary key, name varchar(20))",
        "insert into t (name) select concat('n', seq mod 5) from seq_1_to_20",
        "create table note (id int auto_increment primary key, a int, b int)",
        "create procedure rows_before() select found_rows()");
  }

  private static String answer(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      StringBuilder text = new StringBuilder();
      if (statement.execute(sql)) {
        try (ResultSet rows = statement.getResultSet()) {
          int columns = rows.getMetaData().getColumnCount();
          while (rows.next()) {
            for (int i = 1; i <= columns; i++) {
              text.append(rows.getString(i)).append(i < columns ? "," : ";");
            }
          }
        }
      } else {
        text.append(statement.getUpdateCount()).append(" rows");
      }
      return text.toString();
    } catch (SQLException e) {
      return "SQLSTATE " + e.getSQLState();
    }
  }
}
