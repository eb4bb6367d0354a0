package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;

/**
 * Symptom: a setting that alters no answer, such as a time-out or default_transaction_read_only,
 * was left on the physical connection, and the next user's update failed. And a connection on which
 * something was set that does was thrown away, and stayed uncached though it was set back.
 */
class SettingsLeftBehindTest {

  private static final String READ = "select i from n";

  /** A state of a session: how it is set, and what shows it. */
  private record State(String set, String question) {}

  @EachDatabase
  void whatIsSetIsUndoneAndTheConnectionLentOn(TestDatabase database) throws SQLException {
    String other = database.name() + "_other";
    database.execute("create table n (i int)", "insert into n values (1)");
    String make =
        switch (database.product()) {
          case POSTGRESQL -> "create schema other";
          case MARIADB, MYSQL -> "create database " + other;
          case H2 -> "create schema OTHER";
        };
    database.execute(make);
    try (HikariDataSource given = hikari(database)) {
      for (LarderDataSource larder : List.of(wrap(database, 1), wrap(given))) {
        try (larder) {
          // Twice: a made-up setting is known by its second user.
          for (int round = 0; round < 2; round++) {
            for (State state : states(database, other)) {
              String before = ask(larder, state.question());
              String backend = ask(larder, backend(database));
              try (Connection c = larder.getConnection()) {
                run(c, state.set());
              }
              assertThat(ask(larder, state.question())).as(state.set()).isEqualTo(before);
              if (round > 0) {
                assertThat(ask(larder, backend(database))).as(state.set()).isEqualTo(backend);
              }
              try (Connection c = larder.getConnection()) {
                run(c, "update n set i = i + 1");
              }
            }
          }
        }
      }
    }
    if (database.product().speaksMySql()) {
      database.execute("drop database " + other);
    }
  }

  private static List<State> states(TestDatabase database, String other) {
    String readOnly =
        database.product() == Product.MARIADB ? "@@tx_read_only" : "@@transaction_read_only";
    return switch (database.product()) {
      case POSTGRESQL ->
          List.of(
              new State("set default_transaction_read_only = on", "show transaction_read_only"),
              new State("set statement_timeout = 20", "show statement_timeout"),
              new State("set lock_timeout = 20", "show lock_timeout"),
              new State("set application_name = 'x'", "show application_name"),
              new State("set enable_seqscan = off", "show enable_seqscan"),
              new State("set search_path = other", "show search_path"),
              new State("set time zone 'Asia/Tokyo'", "show timezone"),
              new State("set role pg_monitor", "select current_user"),
              new State("set bytea_output = 'escape'", "show bytea_output"),
              new State("set datestyle = 'ISO, DMY'", "show datestyle"),
              new State(
                  "set app.tenant = 'x'",
                  "select coalesce(current_setting('app.tenant', true), '')"),
              new State(
                  "set session characteristics as transaction read only",
                  "show transaction_read_only"),
              new State(
                  "set session characteristics as transaction isolation level serializable",
                  "show transaction_isolation"),
              new State(
                  "begin; set statement_timeout = 20; set lock_timeout = 20; commit",
                  "select current_setting('statement_timeout') || current_setting('lock_timeout')"),
              new State(
                  "select set_config('statement_timeout', '20', false)", "show statement_timeout"));
      case MARIADB, MYSQL ->
          List.of(
              database.product() == Product.MARIADB
                  ? new State("set max_statement_time = 3", "select @@max_statement_time")
                  : new State("set max_execution_time = 3", "select @@max_execution_time"),
              new State("set session transaction read only", "select " + readOnly),
              new State("set transaction read only", "select " + readOnly),
              new State("set foreign_key_checks = 0", "select @@foreign_key_checks"),
              new State("set sql_mode = ''", "select @@sql_mode"),
              new State("set time_zone = '+05:00'", "select @@time_zone"),
              new State("set names utf8mb4 collate utf8mb4_bin", "select @@collation_connection"),
              new State("set @x = 5", "select coalesce(@x, 'none')"),
              new State("use " + other, "select database()"),
              new State(
                  "set session transaction isolation level serializable",
                  "select " + readOnly.replace("read_only", "isolation")),
              database.product() == Product.MARIADB
                  ? new State("set sql_select_limit = 5", "select @@sql_select_limit")
                  : new State(
                      "set div_precision_increment = 5", "select @@div_precision_increment"),
              new State("set optimizer_switch = 'mrr=on'", "select @@optimizer_switch"));
      case H2 ->
          List.of(
              new State("set lock_timeout 321", "select lock_timeout()"),
              new State(
                  "set query_timeout 20000",
                  "select setting_value from information_schema.settings"
                      + " where setting_name = 'QUERY_TIMEOUT'"),
              new State("set schema other", "select schema()"),
              new State("set @x = 5", "select @x"),
              new State(
                  "set time zone '+05:00'",
                  "select setting_value from information_schema.settings"
                      + " where setting_name = 'TIME ZONE'"),
              new State(
                  "set session characteristics as transaction isolation level serializable",
                  "select isolation_level from information_schema.sessions"
                      + " where session_id = session_id()"));
    };
  }

  @EachDatabase
  void aStateThatIsKnownAgainIsKnown(TestDatabase database) throws SQLException {
    database.execute("create table n (i int)", "insert into n values (1)");
    List<List<String>> thereAndBack =
        switch (database.product()) {
          case POSTGRESQL ->
              List.of(
                  List.of("set search_path = nowhere, public", "reset search_path"),
                  List.of("set role pg_monitor", "reset role"),
                  List.of("set role pg_monitor", "set role none"),
                  List.of("set bytea_output = 'escape'", "set bytea_output = 'hex'"),
                  List.of(
                      "set standard_conforming_strings = off",
                      "set standard_conforming_strings = on"),
                  List.of(
                      "set standard_conforming_strings = off", "reset standard_conforming_strings"),
                  List.of("set datestyle = 'ISO'", "reset datestyle"),
                  List.of(
                      "do $$ begin perform set_config('app.x', '1', false); end $$", "discard all"),
                  List.of("set session_replication_role = replica", "reset all"),
                  List.of("begin", "set standard_conforming_strings = off", "rollback"));
          case MARIADB, MYSQL ->
              List.of(
                  List.of("set foreign_key_checks = 0", "set foreign_key_checks = 1"),
                  List.of("set sql_auto_is_null = 1", "set sql_auto_is_null = off"),
                  List.of("use mysql", "use " + database.name()),
                  List.of("set time_zone = '+05:00'", "set time_zone = 'SYSTEM'"),
                  List.of("set names utf8mb4"));
          case H2 ->
              List.of(
                  List.of("set referential_integrity false", "set referential_integrity true"),
                  List.of("set schema information_schema", "set schema public"),
                  List.of("set @x = 1", "set @x = null"),
                  List.of("set time zone '+05:00'", "set time zone local"));
        };
    try (LarderDataSource larder = wrap(database, 2)) {
      for (List<String> statements : thereAndBack) {
        String backend;
        try (Connection c = larder.getConnection()) {
          backend = one(c, backend(database));
          for (String sql : statements) {
            run(c, sql);
          }
          long unknown = unknown(larder);
          one(c, READ);
          long hits = larder.statistics().hits();
          one(c, READ);
          assertThat(larder.statistics().hits())
              .as("hits after %s", statements)
              .isGreaterThan(hits);
          assertThat(unknown(larder)).as("bypasses after %s", statements).isEqualTo(unknown);
        }
        assertThat(ask(larder, backend(database))).as("after %s", statements).isEqualTo(backend);
      }
    }
  }

  /** What a pool had set before is what a connection is brought back to. */
  @EachDatabase(Product.POSTGRESQL)
  void whatAPoolHadSetBeforeIsWhatIsBroughtBack(TestDatabase database) throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setDataSource(database.dataSource());
    config.setMaximumPoolSize(1);
    config.setConnectionInitSql(
        "set statement_timeout = 7000; set bytea_output = 'escape'; set app.tenant = 'pool'");
    try (HikariDataSource pool = new HikariDataSource(config);
        LarderDataSource larder = wrap(pool)) {
      String question =
          "select current_setting('statement_timeout') || current_setting('bytea_output')"
              + " || current_setting('app.tenant')";
      for (int round = 0; round < 3; round++) {
        assertThat(ask(larder, question)).isEqualTo("7sescapepool");
        try (Connection c = larder.getConnection()) {
          run(c, "set statement_timeout = 20000");
          run(c, "set bytea_output = 'hex'");
          run(c, "set app.tenant = 'mine'");
          assertThat(one(c, question)).isEqualTo("20shexmine");
        }
        try (Connection c = larder.getConnection()) {
          run(c, "set statement_timeout = 20000");
          run(c, "set bytea_output = 'hex'");
          run(c, "reset bytea_output");
        }
      }
      assertThat(ask(larder, question)).isEqualTo("7sescapepool");
    }
  }

  private static String backend(TestDatabase database) {
    return switch (database.product()) {
      case POSTGRESQL -> "select pg_backend_pid()";
      case MARIADB, MYSQL -> "select connection_id()";
      case H2 -> "select session_id()";
    };
  }

  private static long unknown(LarderDataSource larder) {
    return larder.statistics().bypasses().getOrDefault(BypassReason.UNKNOWN_SESSION_STATE, 0L);
  }

  private static HikariDataSource hikari(TestDatabase database) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(database.dataSource());
    config.setMaximumPoolSize(1);
    return new HikariDataSource(config);
  }

  private static LarderDataSource wrap(HikariDataSource pool) {
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    return LarderDataSource.wrap(pool, settings);
  }

  private static LarderDataSource wrap(TestDatabase database, int connections) {
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    settings.setProperty("larder.pool.maximum-size", Integer.toString(connections));
    return LarderDataSource.wrap(database.dataSource(), settings);
  }

  private static String ask(LarderDataSource larder, String sql) throws SQLException {
    try (Connection c = larder.getConnection()) {
      return one(c, sql);
    }
  }

  private static void run(Connection c, String sql) throws SQLException {
    try (Statement statement = c.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String one(Connection c, String sql) throws SQLException {
    try (Statement statement = c.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return String.valueOf(row.getString(1));
    }
  }
}
