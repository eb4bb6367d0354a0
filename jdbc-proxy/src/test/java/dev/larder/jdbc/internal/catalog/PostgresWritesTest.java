package dev.larder.jdbc.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.sql.DriverManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What statements may change, by PostgreSQL's own catalogue. */
class PostgresWritesTest {

  private TestDatabase database;

  @BeforeEach
  void open() {
    database = Databases.postgres();
    database.execute(
        "create table book (id int primary key, title text, price numeric)",
        "create table audit (what text)",
        "create table log (what text)");
  }

  @AfterEach
  void close() {
    database.close();
  }

  private CatalogueProbe probe(String... ddl) {
    database.execute(ddl);
    return CatalogueProbe.of(database);
  }

  private static String trigger(String name, String body) {
    return "create function "
        + name
        + "() returns trigger language plpgsql as $$ begin "
        + body
        + " end $$";
  }

  @Test
  void kindsDecideFirst() {
    CatalogueProbe probe = probe();
    assertThat(probe.writes("insert into book values (1)")).isEqualTo("book");
    assertThat(probe.writes("select * from book")).isEmpty();
    assertThat(probe.writes("create table x (id int)")).isEqualTo("everything");
    assertThat(probe.writes("do $$ begin end $$")).isEmpty();
    assertThat(probe.writes("do $$ begin delete from book; end $$")).isEqualTo("book");
    assertThat(probe.writes("do $$ begin execute 'delete from book'; end $$"))
        .isEqualTo("everything");
    assertThat(probe.writes("commit")).isEmpty();
    assertThat(probe.writes("set statement_timeout = 5")).isEmpty();
    assertThat(probe.writes("vacuum book")).isEmpty();
    assertThat(probe.writes("insert into nowhere values (1)")).isEqualTo("everything");
    assertThat(probe.writes("update pg_class set relname = 'x'")).isEqualTo("everything");
  }

  @Test
  void foreignKeysCascadeByVerb() {
    CatalogueProbe probe =
        probe(
            "create table a (id int primary key references book on delete cascade)",
            "create table b (id int primary key, a int references a on delete set null)",
            "create table c (b int references b on update cascade)",
            "create table d (id int references book)");
    assertThat(probe.writes("delete from book")).isEqualTo("a b book c");
    assertThat(probe.writes("update book set id = 2")).isEqualTo("book");
    assertThat(probe.writes("update b set id = 2")).isEqualTo("b c");
    assertThat(probe.writes("insert into book values (1)")).isEqualTo("book");
    assertThat(probe.writes("truncate book cascade")).isEqualTo("a b book c d");
    assertThat(probe.writes("truncate d")).isEqualTo("d");
  }

  @Test
  void triggersFollowTheirVerb() {
    CatalogueProbe probe =
        probe(
            trigger("note", "insert into public.audit values (tg_op); return null;"),
            trigger("note_all", "delete from log; return null;"),
            "create trigger t after insert on book for each row execute function note()",
            "create trigger u after truncate on book for each statement execute function"
                + " note_all()");
    assertThat(probe.writes("insert into book values (1)")).isEqualTo("audit book");
    assertThat(probe.writes("update book set id = 2")).isEqualTo("book");
    assertThat(probe.writes("delete from book")).isEqualTo("book");
    assertThat(probe.writes("truncate book")).isEqualTo("book log");
  }

  @Test
  void triggersChainAndEnd() {
    CatalogueProbe probe =
        probe(
            trigger("one", "perform helper(new.id); return new;"),
            trigger("two", "update book set title = 'x'; return new;"),
            "create function helper(x int) returns void language plpgsql as"
                + " $$ begin insert into audit values ('x'); perform helper(x); end $$",
            "create trigger t before insert on book for each row execute function one()",
            "create trigger t before insert on audit for each row execute function two()");
    assertThat(probe.writes("insert into book values (1)")).isEqualTo("audit book");
    assertThat(probe.mayAlterSession("insert into book values (1)")).isFalse();
  }

  @Test
  void disabledTriggersCount() {
    CatalogueProbe probe =
        probe(
            trigger("note", "insert into audit values (tg_op); return null;"),
            "create trigger t after insert on book for each row execute function note()",
            "alter table book disable trigger t");
    assertThat(probe.writes("insert into book values (1)")).isEqualTo("audit book");
  }

  @Test
  void bodiesThatCannotBeReadWriteEverything() {
    CatalogueProbe probe =
        probe(
            trigger("dynamic", "execute 'delete from log'; return null;"),
            "create trigger t after insert on book for each row execute function dynamic()",
            trigger("sets", "set application_name = 'x'; return null;"),
            "create trigger t after insert on log for each row execute function sets()",
            trigger("unknown", "perform no_such_function(); return null;"),
            "create trigger t after insert on audit for each row execute function unknown()");
    assertThat(probe.writes("insert into book values (1)")).isEqualTo("everything");
    assertThat(probe.why("insert into book values (1)")).contains("dynamic");
    assertThat(probe.mayAlterSession("insert into book values (1)")).isTrue();
    assertThat(probe.writes("insert into audit values ('x')")).isEqualTo("everything");
    assertThat(probe.mayAlterSession("insert into log values ('x')")).isTrue();
    assertThat(probe.mayAlterSession("update log set what = 'x'")).isFalse();
  }

  @Test
  void unqualifiedNamesInBodiesMeanEverySchemaUnlessTheFunctionSaysWhich() {
    CatalogueProbe probe =
        probe(
            "create schema other",
            "create table other.audit (what text)",
            "create table other.only_there (what text)",
            trigger("note", "insert into only_there values ('x'); return null;"),
            "create trigger t after insert on book for each row execute function note()",
            "create function bound() returns trigger language plpgsql set search_path = public as"
                + " $$ begin insert into audit values ('x'); return null; end $$",
            "create trigger t after insert on log for each row execute function bound()");
    assertThat(probe.writes("insert into book values (1)")).isEqualTo("book only_there");
    WriteSet bound =
        probe.catalogue().writes(probe.facts("insert into log values ('x')"), SearchPath.UNKNOWN);
    assertThat(((WriteSet.Tables) bound).tables())
        .extracting(Object::toString)
        .containsExactlyInAnyOrder("public.log", "public.audit");
  }

  @Test
  void knownTriggerFunctionsWriteNothing() {
    CatalogueProbe probe =
        probe(
            "create trigger t before update on book for each row execute function"
                + " suppress_redundant_updates_trigger()");
    assertThat(probe.writes("update book set id = 2")).isEqualTo("book");
  }

  @Test
  void otherLanguagesWriteEverythingUnlessDeclared() {
    database.execute(
        "create extension dblink",
        "create view remote as select * from dblink('x', 'y') as t(id int)");
    CatalogueProbe probe = CatalogueProbe.of(database);
    assertThat(probe.writes("select * from remote")).isEqualTo("everything");
    assertThat(probe.writes("select dblink_exec('x', 'y')")).isEqualTo("everything");
    assertThat(CatalogueProbe.of(database, "dblink=writes()").writes("select * from remote"))
        .isEmpty();
    assertThat(
            CatalogueProbe.of(database, "dblink=writes(public.audit, log)")
                .writes("select * from remote"))
        .isEqualTo("audit log");
  }

  @Test
  void viewsPassWritesOn() {
    CatalogueProbe probe =
        probe(
            "create view plain as select * from book",
            "create view nested as select * from plain",
            "create view joined as select b.id, a.what from book b join audit a on true",
            trigger("instead", "insert into log values ('x'); return new;"),
            "create trigger t instead of insert on joined for each row execute function instead()");
    assertThat(probe.writes("update nested set title = 'x'")).isEqualTo("book");
    assertThat(probe.writes("insert into joined values (1, 'x')")).isEqualTo("audit book log");
  }

  @Test
  void rulesWriteWhatTheyName() {
    CatalogueProbe probe =
        probe(
            "create rule r as on insert to book do also insert into audit values ('x')",
            "create rule s as on delete to book do instead update log set what = 'y'");
    // Whether a rule writes its own table too, and how, is not told.
    assertThat(probe.writes("insert into book values (1)")).isEqualTo("audit book log");
    assertThat(probe.writes("delete from book")).isEqualTo("audit book log");
    assertThat(probe.writes("update book set id = 1")).isEqualTo("book");
  }

  @Test
  void aFamilyFiresEveryMembersTriggers() {
    CatalogueProbe probe =
        probe(
            "create table event (id int) partition by list (id)",
            "create table event_1 partition of event for values in (1)",
            "create table event_2 partition of event for values in (2)",
            trigger("note", "insert into audit values ('x'); return null;"),
            "create trigger t after insert on event_2 for each row execute function note()");
    assertThat(probe.writes("insert into event values (2)")).isEqualTo("audit event");
    assertThat(probe.writes("update event set id = 2")).isEqualTo("audit event");
    assertThat(probe.writes("delete from event")).isEqualTo("event");
  }

  @Test
  void functionsInStatementsAreFollowed() {
    CatalogueProbe probe =
        probe(
            "create function logs() returns int language sql as"
                + " 'insert into public.log values (''x''); select 1'",
            "create function atomic() returns void language sql"
                + " begin atomic insert into audit values ('x'); end",
            "create function pure(x int) returns int immutable language sql as 'select 1'",
            "create function calls() returns int stable language sql as 'select public.logs()'",
            "create view v as select logs() from book",
            "create view w as select * from v");
    assertThat(probe.writes("select logs() from book")).isEqualTo("log");
    assertThat(probe.writes("select atomic()")).isEqualTo("audit");
    assertThat(probe.writes("select pure(1), now(), random(), nextval('s'), pg_notify('a', 'b')"))
        .isEmpty();
    assertThat(probe.writes("select calls()")).isEqualTo("log");
    assertThat(probe.writes("select * from w")).isEqualTo("log");
    assertThat(probe.writes("select no_such(1)")).isEqualTo("everything");
    assertThat(probe.writes("insert into book select logs()")).isEqualTo("book log");
    assertThat(probe.writes("select query_to_xml('delete from log', true, true, '')"))
        .isEqualTo("everything");
    assertThat(probe.mayAlterSession("select logs() from book")).isFalse();
    assertThat(probe.mayAlterSession("select no_such(1)")).isTrue();
  }

  @Test
  void setConfigIsTheAnalysisMatterUnlessADefinitionCallsIt() {
    CatalogueProbe probe =
        probe(
            "create function sets() returns text language sql as"
                + " $$ select set_config('app.x', 'y', false) $$",
            "create view v as select set_config('app.x', 'y', false) from book");
    assertThat(probe.mayAlterSession("select set_config('app.x', 'y', false)")).isFalse();
    assertThat(probe.mayAlterSession("select sets()")).isTrue();
    assertThat(probe.mayAlterSession("select * from v")).isTrue();
    assertThat(probe.writes("select * from v")).isEmpty();
  }

  @Test
  void defaultsChecksDomainsAndPoliciesCallFunctions() {
    CatalogueProbe probe =
        probe(
            "create function logs() returns int language plpgsql as"
                + " $$ begin insert into log values ('x'); return 1; end $$",
            "create function audits(x text) returns bool language plpgsql as"
                + " $$ begin insert into audit values (x); return true; end $$",
            "create table d (id int default logs(), n serial)",
            "create table k (id text check (audits(id)))",
            "create table p (id text)",
            "alter table p enable row level security",
            "create policy x on p using (audits(id))");
    assertThat(probe.writes("insert into d default values")).isEqualTo("d log");
    assertThat(probe.writes("delete from d")).isEqualTo("d");
    assertThat(probe.writes("insert into k values ('x')")).isEqualTo("audit k");
    assertThat(probe.writes("select * from p")).isEqualTo("audit");
    assertThat(probe.writes("delete from p")).isEqualTo("audit p");
    database.execute("create domain checked as text check (audits(value))");
    assertThat(CatalogueProbe.of(database).writes("insert into book values (1)"))
        .isEqualTo("audit book");
  }

  @Test
  void refreshWritesTheViewAndWhatItsQueryCalls() {
    CatalogueProbe probe =
        probe(
            "create materialized view m as select * from book",
            "create function logs() returns int language sql as"
                + " 'insert into public.log values (''x''); select 1'",
            "create materialized view n as select public.logs() from book with no data");
    assertThat(probe.writes("refresh materialized view m")).isEqualTo("m");
    assertThat(probe.writes("refresh materialized view n")).isEqualTo("log n");
    assertThat(probe.writes("insert into book values (1)")).isEqualTo("book");
  }

  @Test
  void aFunctionOfARowMayWriteWithoutATrace() {
    CatalogueProbe probe =
        probe(
            "create function touch(book) returns int language sql as"
                + " 'insert into public.log values (''x''); select 1'");
    assertThat(probe.writes("select b.touch from book b")).isEqualTo("log");
  }

  @Test
  void anOrdinaryUserSeesTheSame() throws Exception {
    database.execute(
        trigger("note", "insert into audit values ('x'); return null;"),
        "create trigger t after insert on book for each row execute function note()",
        "create schema hidden",
        "create table hidden.secret (id int)",
        "create view v as select * from hidden.secret",
        "create role reader_" + database.name() + " login password 'x'",
        "grant select on v to reader_" + database.name());
    try (var connection =
        DriverManager.getConnection(database.url(), "reader_" + database.name(), "x")) {
      CatalogueProbe probe = CatalogueProbe.of(database, connection, "");
      assertThat(probe.reads("select * from v")).isEqualTo("secret");
      assertThat(probe.writes("insert into book values (1)")).isEqualTo("audit book");
      assertThat(connection.getAutoCommit()).isTrue();
      try (var statement = connection.createStatement();
          var row = statement.executeQuery("show search_path")) {
        row.next();
        assertThat(row.getString(1)).isEqualTo("\"$user\", public");
      }
    } finally {
      database.execute(
          "revoke all on v from reader_" + database.name(), "drop role reader_" + database.name());
    }
  }

  @Test
  void aLargeSchemaIsReadInAHandfulOfQueries() throws Exception {
    database.execute(
        "do $$ begin for i in 1..800 loop execute format('create table t%s (id int primary key,"
            + " p int %s, n text default lower(''X''))', i, case when i > 1 then"
            + " format('references t%s on delete cascade', i - 1) end); if i % 4 = 0 then execute"
            + " format('create view v%s as select a.*, upper(n) u from t%s a where id > 1', i, i);"
            + " end if; if i % 200 = 0 then commit; end if; end loop; end $$");
    try (var connection = database.connect()) {
      long start = System.nanoTime();
      CatalogueProbe probe = CatalogueProbe.of(database, connection, "");
      long read = System.nanoTime();
      assertThat(probe.reads("select * from v800")).isEqualTo("t800");
      assertThat(probe.writes("delete from t1").split(" ")).hasSize(800);
      long asked = System.nanoTime();
      System.out.printf(
          "800 tables and 200 views: read in %d ms, asked in %d ms%n",
          (read - start) / 1_000_000, (asked - read) / 1_000_000);
    }
  }
}
