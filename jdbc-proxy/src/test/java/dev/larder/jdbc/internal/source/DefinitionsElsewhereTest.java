package dev.larder.jdbc.internal.source;

import static dev.larder.jdbc.internal.source.Elsewhere.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.Databases;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Definitions and rights that others change, which no change capture carries. */
class DefinitionsElsewhereTest {

  /** The bound says how often definitions are looked for; while the source is live it is lifted. */
  private static final String[] LOGICAL = {
    "larder.invalidation.postgres", "logical", "larder.max-staleness", "1s"
  };

  private static final long BOUND_MILLIS = 200;
  private static final String BOOKS = "select count(*) from book";
  private static final String REFUSED = "42501";

  /** Definitions are looked for while statements come; to explain one is none. */
  private static final String A_STATEMENT = "select n from one";

  @Test
  void areNoticed() throws SQLException {
    try (TestDatabase database = Databases.postgres()) {
      Elsewhere.shelve(database);
      database.execute(
          "create table rate (id int primary key, percent int)",
          "insert into rate values (1, 10)",
          "create table log (id int primary key, lines int)",
          "insert into log values (1, 0)",
          "create view offer as select title as what from book where id = 1",
          "create function percent() returns int immutable language sql as 'select 1'");
      try (Elsewhere here = new Elsewhere(database, LOGICAL).untilCovered()) {
        here.see(
            "select what from offer",
            "create or replace view offer as select 'x'::varchar(50) as what",
            "x");
        here.see(
            "select percent() from rate",
            "create or replace function percent() returns int immutable language sql as 'select 2'",
            "2");
        aTrigger(here);
        here.see(
            "select count(*) from rate",
            "alter table rate rename to old_rate; create table rate (id int primary key)",
            "0");
      }
    }
  }

  /** What the new trigger does is a change that this data source itself brings about. */
  private static void aTrigger(Elsewhere here) throws SQLException {
    String lines = "select lines from log";
    here.keep(lines);
    here.keep("select percent from rate");
    here.database.execute(
        "create function count_line() returns trigger language plpgsql as"
            + " 'begin update log set lines = lines + 1; return null; end'",
        "create trigger counted after update on rate for each statement"
            + " execute function count_line()");
    long gaps = here.report().gaps();
    try (Connection connection = here.larder.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("update rate set percent = 11");
    }
    until("the trigger's write is seen", () -> here.read(lines).equals("1"));
    assertThat(here.report().gaps()).isGreaterThanOrEqualTo(gaps);
  }

  @Test
  void aRevokedRightEndsAccess() throws SQLException {
    try (TestDatabase database = Databases.postgres();
        Reader reader = Reader.of(database)) {
      database.execute("create publication larder for table book");
      String sourceUrl = Elsewhere.withUser(database, database.url());
      try (Elsewhere here =
          reader.reads(
              "larder.invalidation.postgres",
              "logical",
              "larder.max-staleness",
              "1h",
              "larder.invalidation.postgres.url",
              sourceUrl)) {
        here.untilCovered().keep(Elsewhere.TITLE);
        database.execute("revoke select on book from " + reader.role);
        until(
            "the database is asked and refuses",
            () -> answer(here, Elsewhere.TITLE).equals(REFUSED));
      }
    }
  }

  /** Whose rights and policies count: a superuser is asked for neither. */
  private record Reader(TestDatabase database, String role) implements AutoCloseable {

    static Reader of(TestDatabase database) {
      Elsewhere.shelve(database);
      String role = "reader_" + database.name();
      database.execute(
          "create role " + role + " login password 'reads'", "grant select on book to " + role);
      return new Reader(database, role);
    }

    Elsewhere reads(String... settings) {
      return Elsewhere.as(database, role, "reads", settings);
    }

    @Override
    public void close() {
      database.execute("drop owned by " + role, "drop role " + role);
    }
  }

  private static String answer(Elsewhere here, String sql) throws SQLException {
    try {
      return here.read(sql);
    } catch (SQLException refused) {
      return refused.getSQLState();
    }
  }

  /** Without any source, rights and policies are looked for all the same. */
  @Test
  void rightsAndPoliciesAreNoticedWithoutASource() throws SQLException {
    try (TestDatabase database = Databases.postgres();
        Reader reader = Reader.of(database);
        Elsewhere here = reader.reads("larder.max-staleness", BOUND_MILLIS + "ms")) {
      String role = reader.role;
      database.execute(
          "create table lease (book int primary key)",
          "insert into lease values (1)",
          "grant select, delete on lease to " + role);
      AtomicInteger noticed = here.countDefinitionsElsewhere();
      alter(here, noticed, "alter table book enable row level security", "0");
      alter(here, noticed, "create policy p on book using (id in (select book from lease))", "1");
      assertThat(here.larder.explain(BOOKS).tables()).contains("public.lease");
      aPolicyOverWhatThisTransactionWrites(here);
      alter(here, noticed, "alter policy p on book using (id > 0)", "2");
      alter(here, noticed, "drop policy p on book", "0");
      alter(here, noticed, "alter table book disable row level security", "2");
      alter(here, noticed, "revoke select on book from " + role, REFUSED);
      alter(here, noticed, "grant select (id) on book to " + role, "2");
      alter(here, noticed, "revoke select (id) on book from " + role, REFUSED);
      alter(here, noticed, "grant pg_read_all_data to " + role, "2");
      alter(here, noticed, "revoke pg_read_all_data from " + role, REFUSED);
    }
  }

  /**
   * Changes definitions elsewhere. No read that begins later than the bound after that may give
   * what was before it, and it is looked for, not only waited for until the answer is too old.
   */
  private static void alter(Elsewhere here, AtomicInteger noticed, String change, String answer)
      throws SQLException {
    if (!answer(here, BOOKS).equals(REFUSED)) {
      here.keep(BOOKS);
    }
    int before = noticed.get();
    here.database.execute(change);
    long changed = System.nanoTime();
    long asked = changed;
    while (!answer(here, BOOKS).equals(answer)) {
      assertThat(asked - changed)
          .as("nanoseconds after %s, an old answer", change)
          .isLessThanOrEqualTo(BOUND_MILLIS * 1_000_000);
      asked = System.nanoTime();
    }
    until(
        change + " is noticed",
        () -> {
          answer(here, BOOKS);
          return noticed.get() > before;
        });
    assertThat(answer(here, BOOKS)).isEqualTo(answer);
  }

  private static void aPolicyOverWhatThisTransactionWrites(Elsewhere here) throws SQLException {
    here.keep(BOOKS);
    try (Connection connection = here.larder.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.executeUpdate("delete from lease");
      try (ResultSet row = statement.executeQuery(BOOKS)) {
        row.next();
        assertThat(row.getInt(1)).as("by what this transaction wrote").isZero();
      }
      connection.rollback();
    }
  }

  /**
   * Without any source: rows are young enough anyway, but a plan by old definitions would hide what
   * this program itself writes.
   */
  @EachDatabase
  void areNoticedWithoutASource(TestDatabase database) throws SQLException {
    database.execute(
        "create table one (id int primary key, n int)",
        "insert into one values (1, 1)",
        "create table other (id int primary key, n int)",
        "insert into other values (1, 2)",
        "create view v as select n from one");
    try (Elsewhere here = new Elsewhere(database, "larder.max-staleness", "200ms")) {
      assertThat(here.read("select n from v")).isEqualTo("1");
      database.execute("create or replace view v as select n from other");
      untilTouches(here, "select n from v", "other");
      try (Connection connection = here.larder.getConnection();
          Statement statement = connection.createStatement()) {
        assertThat(here.read("select n from v")).isEqualTo("2");
        connection.setAutoCommit(false);
        statement.executeUpdate("update other set n = 3");
        try (ResultSet row = statement.executeQuery("select n from v")) {
          row.next();
          assertThat(row.getInt(1)).as("what this transaction wrote").isEqualTo(3);
        }
        connection.rollback();
      }
      aTrigger(here, database.product());
      database.execute("drop view v");
      until(
          "the view is gone",
          () -> {
            here.read(A_STATEMENT);
            return !here.larder.explain("select n from v").cached();
          });
    }
  }

  private static void aTrigger(Elsewhere here, Product product) throws SQLException {
    if (product == Product.POSTGRESQL) {
      here.database.execute(
          "create function touch() returns trigger language plpgsql as"
              + " 'begin update other set n = n + 1; return null; end'",
          "create trigger touches after update on one for each row execute function touch()");
    } else if (product.speaksMySql()) {
      here.database.execute(
          "create trigger touches after update on one for each row update other set n = n + 1");
    } else {
      return;
    }
    untilTouches(here, "update one set n = n", "other");
  }

  /** Waits until it is known that the statement reads, or writes, the table. */
  private static void untilTouches(Elsewhere here, String sql, String table) {
    until(
        sql + " touches " + table,
        () -> {
          here.read(A_STATEMENT);
          return here.larder.explain(sql).tables().stream()
              .anyMatch(name -> name.toLowerCase(Locale.ROOT).endsWith(table));
        });
  }
}
