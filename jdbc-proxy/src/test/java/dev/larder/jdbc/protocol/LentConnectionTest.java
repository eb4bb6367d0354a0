package dev.larder.jdbc.protocol;

import static dev.larder.jdbc.protocol.Sql.NAME;
import static dev.larder.jdbc.protocol.Sql.TITLE;
import static dev.larder.jdbc.protocol.Sql.one;
import static dev.larder.jdbc.protocol.Sql.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.larder.jdbc.LarderDataSource;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A hit uses no physical connection, and a physical connection lent on carries nothing over: each
 * shown over a pool of Larder's and over one of the application's, of one connection.
 */
final class LentConnectionTest {

  private Shelf shelf;
  private HikariDataSource given;
  private List<LarderDataSource> both;

  @BeforeEach
  void poolsOfOne(TestDatabase database) {
    shelf = new Shelf(database, "larder.pool.maximum-size", "1");
    HikariConfig config = new HikariConfig();
    config.setDataSource(database.dataSource());
    config.setMaximumPoolSize(1);
    given = new HikariDataSource(config);
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    both = List.of(shelf.readers, LarderDataSource.wrap(given, settings));
  }

  @AfterEach
  void close() {
    both.get(1).close();
    given.close();
    shelf.close();
  }

  @EachDatabase
  void aHitUsesNoPhysicalConnection(TestDatabase database) throws SQLException {
    for (LarderDataSource larder : both) {
      read(larder, TITLE);
      try (Connection holder = larder.getConnection()) {
        run(holder, "update author set name = 'a2'");
        long borrowed = larder.statistics().borrowedConnections();
        assertThat(read(larder, TITLE)).isEqualTo("v1");
        assertThat(larder.statistics().borrowedConnections()).isEqualTo(borrowed);
        try (Connection c = larder.getConnection();
            PreparedStatement statement = c.prepareStatement(TITLE)) {
          c.setAutoCommit(false);
          c.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
          try (ResultSet row = statement.executeQuery()) {
            assertThat(row.next()).isTrue();
          }
          c.commit();
          c.rollback();
        }
        assertThat(larder.statistics().borrowedConnections()).isEqualTo(borrowed);
      }
    }
  }

  private static String read(LarderDataSource larder, String sql) throws SQLException {
    try (Connection c = larder.getConnection()) {
      return one(c, sql);
    }
  }

  @EachDatabase
  void nothingIsCarriedOver(TestDatabase database) throws SQLException {
    String other = database.name() + "_lent";
    boolean mariadb = database.product().speaksMySql();
    database.execute((mariadb ? "create database " : "create schema ") + other);
    List<String> leftovers = new ArrayList<>();
    String question;
    switch (database.product()) {
      case POSTGRESQL -> {
        leftovers.addAll(
            List.of(
                "set search_path = " + other,
                "set role pg_monitor",
                "set session authorization pg_monitor",
                "create temp table kept (id int)",
                "prepare kept as select 1",
                "set app.tenant = 'x'",
                "select set_config('app.tenant', 'x', false)",
                "listen kept",
                "select pg_advisory_lock(42)",
                "begin",
                "begin; set app.tenant = 'x'",
                "declare kept cursor with hold for select 1",
                "do $$ begin perform set_config('app.tenant', 'x', false); end $$",
                "set transaction isolation level serializable",
                "set session characteristics as transaction isolation level serializable"));
        question =
            "select concat_ws('|', current_user, session_user, current_schemas(false),"
                + " coalesce(current_setting('app.tenant', true), ''),"
                + " current_setting('transaction_isolation'),"
                + " (select count(*) from pg_prepared_statements where name = 'kept'),"
                + " (select count(*) from pg_cursors where name = 'kept'),"
                + " (select count(*) from pg_locks where locktype = 'advisory'"
                + "   and database = (select oid from pg_database"
                + "     where datname = current_database())),"
                + " to_regclass('pg_temp.kept'), (select count(*) from pg_listening_channels()))";
      }
      case MARIADB, MYSQL -> {
        leftovers.addAll(
            List.of(
                "use " + other,
                "set time_zone = '+05:00'",
                "set sql_mode = 'ansi_quotes'",
                "set @x = 1",
                "create temporary table kept (id int)",
                "prepare kept from 'select 1'",
                "do get_lock('kept', 0)",
                "start transaction",
                "set autocommit = 0",
                "set session transaction isolation level serializable"));
        question =
            "select concat_ws('|', database(), @@time_zone, @@sql_mode, coalesce(@x, 'none'),"
                + " @@autocommit, is_used_lock('kept') <=> connection_id(),"
                + (database.product() == Product.MARIADB
                    ? " @@tx_isolation, @@in_transaction)"
                    : " @@transaction_isolation)");
      }
      case H2 -> {
        leftovers.addAll(
            List.of(
                "set schema " + other,
                "set @x = 1",
                "set time zone '+05:00'",
                "create local temporary table kept (id int)",
                "set autocommit false",
                "begin",
                "set session characteristics as transaction isolation level serializable"));
        question =
            "select concat_ws('|', schema(), @x, extract(timezone_hour from current_timestamp),"
                + " (select count(*) from information_schema.tables where table_name = 'KEPT'),"
                + " (select isolation_level from information_schema.sessions"
                + "   where session_id = session_id()))";
      }
      default -> throw new AssertionError();
    }
    for (LarderDataSource larder : both) {
      String fresh = read(larder, question);
      for (String leftover : leftovers) {
        try (Connection c = larder.getConnection()) {
          run(c, leftover);
        }
        assertThat(read(larder, question)).as("after %s", leftover).isEqualTo(fresh);
        assertThat(read(larder, TITLE)).isEqualTo("v1");
      }
      List<Setting> methods =
          List.of(
              c -> c.setAutoCommit(false),
              c -> c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE),
              c -> c.setReadOnly(true),
              mariadb
                  ? c -> c.setCatalog(other)
                  : c ->
                      c.setSchema(database.product() == Product.H2 ? other.toUpperCase() : other));
      for (Setting method : methods) {
        for (boolean first : new boolean[] {true, false}) {
          try (Connection c = larder.getConnection()) {
            if (first) {
              method.set(c);
            }
            run(c, "select 1");
            if (!first && c.getAutoCommit()) {
              method.set(c);
              run(c, "select 1");
            }
          }
          assertThat(read(larder, question)).isEqualTo(fresh);
          try (Connection c = larder.getConnection()) {
            run(c, "update author set name = 'a3'");
          }
          assertThat(read(larder, NAME)).isEqualTo("a3");
        }
      }
    }
    if (mariadb) {
      database.execute("drop database " + other);
    }
  }

  private interface Setting {
    void set(Connection connection) throws SQLException;
  }

  @EachDatabase
  void whatWasClosedStaysClosed(TestDatabase database) throws SQLException {
    for (LarderDataSource larder : both) {
      Connection c = larder.getConnection();
      Statement statement = c.createStatement();
      statement.executeQuery(NAME).close();
      PreparedStatement prepared = c.prepareStatement(TITLE);
      prepared.executeQuery();
      c.close();
      c.close();
      assertThat(c.isClosed()).isTrue();
      assertThat(statement.isClosed()).isTrue();
      assertThat(prepared.isClosed()).isTrue();
      assertThatThrownBy(() -> statement.executeQuery(TITLE)).isInstanceOf(SQLException.class);
      assertThatThrownBy(prepared::executeQuery).isInstanceOf(SQLException.class);
      assertThatThrownBy(c::createStatement).isInstanceOf(SQLException.class);
      statement.close();
      prepared.close();
      // The one connection is free again, and whole.
      try (Connection next = larder.getConnection()) {
        run(next, "update author set name = name");
      }
    }
  }
}
