package dev.larder.jdbc.protocol;

import static dev.larder.jdbc.protocol.Sql.TITLE;
import static dev.larder.jdbc.protocol.Sql.all;
import static dev.larder.jdbc.protocol.Sql.one;
import static dev.larder.jdbc.protocol.Sql.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jdbc.BypassReason;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What a session has set is part of the key, or keeps the cache away. */
final class SessionStateTest {

  private static final String MINE = "select what from secret order by what";

  private Shelf shelf;
  private String other;

  @BeforeEach
  void twoDataSourcesOverOneDatabase(TestDatabase database) {
    shelf = new Shelf(database);
    other = database.name() + "_other";
  }

  @AfterEach
  void close(TestDatabase database) {
    shelf.close();
    switch (database.product()) {
      case POSTGRESQL ->
          database.execute(
              "do $$ begin if exists (select from pg_roles where rolname = '"
                  + other
                  + "') then execute 'drop owned by "
                  + other
                  + "'; execute 'drop role "
                  + other
                  + "'; end if; end $$");
      case MARIADB, MYSQL ->
          database.execute("drop database if exists " + other, "drop user if exists " + other);
      case H2 -> {}
    }
  }

  /** Another schema, a database in MariaDB, with a book of its own. */
  private void otherSchema(TestDatabase database) {
    String make = database.product().speaksMySql() ? "create database " : "create schema ";
    database.execute(
        make + other,
        "create table " + other + ".book (id int primary key, title varchar(50))",
        "insert into " + other + ".book values (1, 'other')");
  }

  @EachDatabase
  void theSchemaByText(TestDatabase database) throws SQLException {
    otherSchema(database);
    shelf.keep(TITLE);
    String set =
        switch (database.product()) {
          case POSTGRESQL -> "set search_path = " + other;
          case MARIADB, MYSQL -> "use " + other;
          case H2 -> "set schema " + other;
        };
    try (Connection c = shelf.readers.getConnection()) {
      assertThat(one(c, TITLE)).isEqualTo("v1");
      run(c, set);
      assertThat(one(c, TITLE)).isEqualTo("other");
      assertThat(shelf.assertFromMemory(() -> one(c, TITLE))).isEqualTo("other");
      shelf.write("update " + other + ".book set title = 'other2'");
      assertThat(one(c, TITLE)).isEqualTo("other2");
      assertThat(shelf.assertFromMemory(() -> shelf.read(TITLE))).isEqualTo("v1");
      run(c, "update book set title = 'other3'");
      assertThat(shelf.assertFromMemory(() -> shelf.read(TITLE))).isEqualTo("v1");
      assertThat(one(c, TITLE)).isEqualTo("other3");
    }
    assertThat(shelf.read(TITLE)).isEqualTo("v1");
  }

  @EachDatabase
  void theSchemaByMethod(TestDatabase database) throws SQLException {
    otherSchema(database);
    String name = database.product() == Product.H2 ? other.toUpperCase() : other;
    shelf.keep(TITLE);
    for (boolean holdsConnection : new boolean[] {false, true}) {
      try (Connection c = shelf.readers.getConnection()) {
        if (holdsConnection) {
          run(c, "select 1");
        }
        if (database.product().speaksMySql()) {
          c.setCatalog(name);
        } else {
          c.setSchema(name);
        }
        assertThat(one(c, TITLE)).isEqualTo("other");
        assertThat(shelf.assertFromMemory(() -> one(c, TITLE))).isEqualTo("other");
      }
      assertThat(shelf.assertFromMemory(() -> shelf.read(TITLE))).isEqualTo("v1");
    }
  }

  @EachDatabase(Product.POSTGRESQL)
  void aSchemaThatWasSetInATransactionGoesWithIt(TestDatabase database) throws SQLException {
    otherSchema(database);
    shelf.keep(TITLE);
    try (Connection c = shelf.readers.getConnection()) {
      c.setAutoCommit(false);
      run(c, "set search_path = " + other);
      assertThat(one(c, TITLE)).isEqualTo("other");
      c.rollback();
      assertThat(one(c, TITLE)).isEqualTo("v1");
      run(c, "savepoint s");
      c.setSchema(other);
      assertThat(one(c, TITLE)).isEqualTo("other");
      run(c, "rollback to savepoint s");
      assertThat(one(c, TITLE)).isEqualTo("v1");
      run(c, "set local search_path = " + other);
      assertThat(one(c, TITLE)).isEqualTo("other");
      c.commit();
      assertThat(one(c, TITLE)).isEqualTo("v1");
      c.rollback();
    }
  }

  @EachDatabase(Product.POSTGRESQL)
  void theRole(TestDatabase database) throws SQLException {
    database.execute(
        "create role " + other,
        "create table secret (what text)",
        "insert into secret values ('s')");
    shelf.keep(MINE);
    try (Connection c = shelf.readers.getConnection()) {
      run(c, "set role " + other);
      assertThatThrownBy(() -> all(c, MINE))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
      run(c, "reset role");
      assertThat(shelf.assertFromMemory(() -> one(c, MINE))).isEqualTo("s");
      run(c, "set session authorization " + other);
      assertThatThrownBy(() -> all(c, MINE)).isInstanceOf(SQLException.class);
    }
    assertThat(shelf.read(MINE)).isEqualTo("s");
  }

  @EachDatabase
  void anotherUserWithoutRights(TestDatabase database) throws SQLException {
    switch (database.product()) {
      case POSTGRESQL -> database.execute("create role " + other + " login password 'other-test'");
      case MARIADB, MYSQL ->
          database.execute(
              "create user " + other + " identified by 'other-test'",
              "grant create on " + database.name() + ".* to " + other);
      case H2 -> database.execute("create user " + other + " password 'other-test'");
    }
    shelf.keep(TITLE);
    try (Connection c = shelf.readers.getConnection(other, "other-test")) {
      assertThatThrownBy(() -> one(c, TITLE)).isInstanceOf(SQLException.class);
    }
    String select =
        database.product().speaksMySql()
            ? "grant select on " + database.name() + ".book to " + other
            : "grant select on book to " + other;
    shelf.write(select);
    try (Connection c = shelf.readers.getConnection(other, "other-test")) {
      assertThat(shelf.assertFromDatabase(() -> one(c, TITLE))).isEqualTo("v1");
      shelf.write(select.replace("grant", "revoke").replace(" to ", " from "));
      assertThatThrownBy(() -> one(c, TITLE)).isInstanceOf(SQLException.class);
    }
    assertThatThrownBy(() -> shelf.readers.getConnection(other, "wrong"))
        .isInstanceOf(SQLException.class);
  }

  /** Two tenants' rows behind a policy that reads a setting. */
  private void tenants(TestDatabase database) {
    database.execute(
        "create role " + other,
        "create table secret (tenant text, what text)",
        "insert into secret values ('a', 'of a'), ('b', 'of b')",
        "alter table secret enable row level security",
        "create policy own on secret using (tenant = current_setting('app.tenant', true))",
        "grant select on secret to " + other);
  }

  @EachDatabase(Product.POSTGRESQL)
  void rowLevelSecurityBySettings(TestDatabase database) throws SQLException {
    tenants(database);
    try (Connection c = shelf.readers.getConnection()) {
      run(c, "set role " + other, "set app.tenant = 'a'");
      assertThat(all(c, MINE)).containsExactly("of a");
      run(c, "set app.tenant = 'b'");
      assertThat(all(c, MINE)).containsExactly("of b");
      tenant(c, "a");
      assertThat(all(c, MINE)).containsExactly("of a");
      tenant(c, "b");
      assertThat(all(c, MINE)).containsExactly("of b");
      run(c, "begin", "set local app.tenant = 'a'");
      assertThat(all(c, MINE)).containsExactly("of a");
      run(c, "commit");
      assertThat(all(c, MINE)).containsExactly("of b");
      run(c, "begin", "select set_config('app.tenant', 'a', true)");
      assertThat(all(c, MINE)).containsExactly("of a");
      run(c, "rollback");
      assertThat(all(c, MINE)).containsExactly("of b");
      run(c, "reset app.tenant");
      assertThat(all(c, MINE)).isEmpty();
      tenant(c, "b");
      run(c, "discard all");
      assertThat(all(c, MINE)).containsExactly("of a", "of b");
    }
  }

  private static void tenant(Connection c, String tenant) throws SQLException {
    try (PreparedStatement set = c.prepareStatement("select set_config('app.tenant', ?, false)")) {
      set.setString(1, tenant);
      set.executeQuery().close();
    }
  }

  @EachDatabase(Product.POSTGRESQL)
  void settingsAroundATransactionsEndInOneText(TestDatabase database) throws SQLException {
    tenants(database);
    try (Connection a = shelf.readers.getConnection();
        Connection b = shelf.readers.getConnection()) {
      run(a, "set role " + other, "set app.tenant = 'a'");
      run(b, "set role " + other, "set app.tenant = 'a'");
      all(a, MINE);
      run(b, "begin; set local app.tenant = 'b'");
      assertThat(all(b, MINE)).containsExactly("of b");
      run(b, "rollback; set app.tenant = 'b'");
      assertThat(all(b, MINE)).containsExactly("of b");
      assertThat(all(a, MINE)).containsExactly("of a");
    }
  }

  @EachDatabase(Product.POSTGRESQL)
  void settingsOfATextThatFailedPartWay(TestDatabase database) throws SQLException {
    tenants(database);
    try (Connection a = shelf.readers.getConnection();
        Connection b = shelf.readers.getConnection()) {
      run(a, "set role " + other, "set app.tenant = 'a'");
      run(b, "set role " + other, "set app.tenant = 'a'");
      all(a, MINE);
      assertThatThrownBy(() -> run(b, "begin; set app.tenant = 'b'; commit; select 1/0"))
          .isInstanceOf(SQLException.class);
      assertThat(all(b, MINE)).containsExactly("of b");
      assertThat(all(a, MINE)).containsExactly("of a");
    }
  }

  @EachDatabase(Product.POSTGRESQL)
  void settingsThatAFailedCommitUndid(TestDatabase database) throws SQLException {
    tenants(database);
    database.execute("alter table author add unique (name) deferrable initially deferred");
    try (Connection a = shelf.readers.getConnection();
        Connection b = shelf.readers.getConnection()) {
      run(a, "set role " + other, "set app.tenant = 'b'");
      run(b, "set app.tenant = 'a'", "begin", "insert into author values (2, 'a1')");
      run(b, "set app.tenant = 'b'");
      assertThatThrownBy(() -> run(b, "commit")).isInstanceOf(SQLException.class);
      run(b, "begin", "commit", "set role " + other);
      assertThat(all(b, MINE)).containsExactly("of a");
      assertThat(all(a, MINE)).containsExactly("of b");
    }
  }

  @EachDatabase(Product.POSTGRESQL)
  void timeZoneAndDateStyle(TestDatabase database) throws SQLException {
    String when = "select at::text || ('01/02/2026'::date)::text from event";
    database.execute(
        "create table event (at timestamptz)", "insert into event values ('2026-01-02 03:04:05Z')");
    try (Connection c = shelf.readers.getConnection()) {
      run(c, "set time zone 'UTC'");
      assertThat(one(c, when)).isEqualTo("2026-01-02 03:04:05+002026-01-02");
      run(c, "set timezone = 'Asia/Tokyo'");
      assertThat(one(c, when)).isEqualTo("2026-01-02 12:04:05+092026-01-02");
      run(c, "set datestyle = 'ISO, DMY'");
      assertThat(one(c, when)).isEqualTo("2026-01-02 12:04:05+092026-02-01");
      run(c, "reset datestyle", "set time zone 'UTC'");
      assertThat(one(c, when)).isEqualTo("2026-01-02 03:04:05+002026-01-02");
    }
  }

  @EachDatabase({Product.MARIADB, Product.MYSQL})
  void timeZoneAndSqlMode(TestDatabase database) throws SQLException {
    String when = "select concat(at) from event";
    String both = "select title || name from book, author";
    database.execute("set time_zone = '+00:00'", "create table event (at timestamp)");
    try (Connection raw = database.connect()) {
      run(raw, "set time_zone = '+00:00'", "insert into event values ('2026-01-02 03:04:05')");
    }
    try (Connection c = shelf.readers.getConnection()) {
      run(c, "set time_zone = '+00:00'");
      assertThat(one(c, when)).isEqualTo("2026-01-02 03:04:05");
      run(c, "set time_zone = '+09:00'");
      assertThat(one(c, when)).isEqualTo("2026-01-02 12:04:05");
      assertThat(one(c, both)).isEqualTo("0");
      run(c, "set sql_mode = 'pipes_as_concat'");
      assertThat(one(c, both)).isEqualTo("v1a1");
    }
  }

  @EachDatabase
  void aTemporaryTableHidesTheOther(TestDatabase database) throws SQLException {
    shelf.keep(TITLE);
    String temporary = database.product() == Product.H2 ? "local temporary" : "temporary";
    if (database.product() == Product.H2) {
      return;
    }
    try (Connection c = shelf.readers.getConnection()) {
      run(c, "create " + temporary + " table book (id int, title varchar(20))");
      run(c, "insert into book values (1, 'temporary')");
      assertThat(shelf.assertBypassed(BypassReason.TEMPORARY_TABLE, () -> one(c, TITLE)))
          .isEqualTo("temporary");
    }
    assertThat(shelf.read(TITLE)).isEqualTo("v1");
  }
}
