package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.BypassReason;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Symptom: a function in SQL or PL/pgSQL that nobody labelled is VOLATILE to PostgreSQL, and so no
 * query that called one was answered from memory, though it only read and computed. And an
 * IMMUTABLE function with {@code now()} for a default was, when it was called without.
 */
class FunctionBodiesTest extends ComparedOnPostgres {

  FunctionBodiesTest() {
    super(
        "create table book (id int primary key, title text, shelf int, price numeric)",
        "create table shelf (id int primary key, name text)",
        "create table log (id serial primary key, note text)",
        "insert into shelf values (1, 'upper'), (2, 'lower')",
        "insert into book values (1, 'one', 1, 10), (2, 'two', 2, 20)");
  }

  private static String plpgsql(String name, String body) {
    return "create function " + name + " language plpgsql as $$ " + body + " $$";
  }

  @Test
  void aBodyThatReadsCountsForTheTablesItReads() throws SQLException {
    start(
        "create function shelf_of(b int) returns text language sql as"
            + " 'select s.name from shelf s join book on book.shelf = s.id where book.id = b'",
        "create function total() returns numeric language sql return (select sum(price) from book)",
        "create function atomic(n int) returns bigint language sql begin atomic"
            + " select count(*) + n from shelf; end",
        plpgsql(
            "grade(p numeric) returns text",
            "declare n int := 0; r record; most numeric;"
                + " begin <<each>> for r in select id, name from shelf order by id loop"
                + " n := n + case when r.name = 'upper' then 1 else 2 end;"
                + " continue each when n > 100; end loop;"
                + " select max(price) into most from book;"
                + " if p is null then raise exception 'no price'; elsif p = most then n = n * 2;"
                + " else n := n + 0; end if;"
                + " case n when 6 then return 'best'; else null; end case;"
                + " while n > 1000 loop n := n - 1; end loop;"
                + " return 'n' || n; end"),
        plpgsql(
            "names() returns setof text",
            "begin return query with x as (select name from shelf) select name from x order by 1;"
                + " end"),
        "create function outer_one() returns text language sql as 'select grade(10)'",
        plpgsql(
            "fact(n int) returns int",
            "begin if n < 2 then return (select count(*) from shelf); end if;"
                + " return n * fact(n - 1); end"),
        "create view graded as select id, grade(price) as g from book");
    compared.follows(
        "select shelf_of(1)",
        "update shelf set name = 'top' where id = 1",
        "update book set shelf = 2 where id = 1");
    compared.follows("select total()", "update book set price = 11 where id = 1");
    compared.follows("select atomic(5)", "insert into shelf values (3, 'new')");
    compared.follows("select id, grade(price) from book", "delete from shelf where id = 3");
    compared.follows(
        "select id, grade(price) from book", "update book set price = 500 where id = 1");
    compared.follows("select grade(5) from shelf where id = 1", "update shelf set name = 'upper'");
    compared.follows("select names()", "update shelf set name = 'n' || id");
    compared.follows("select * from names()", "update shelf set name = 'm' || id");
    compared.follows("select outer_one()", "insert into shelf values (4, 'upper')");
    compared.follows("select fact(4)", "delete from shelf where id = 4");
    compared.follows("select * from graded", "update shelf set name = 'upper'");
    assertThat(compared.isSpared("select atomic(1)", "update book set price = 3")).isTrue();
    assertThat(compared.larder.explain("select outer_one()").tables())
        .containsExactlyInAnyOrder("public.book", "public.shelf");
  }

  /** A query by the key of a row depends on all that the function reads. */
  @Test
  void whatABodyReadsIsNotNarrowedByTheQuery() throws SQLException {
    start(
        "create function dearer(p numeric) returns bigint language sql as"
            + " 'select count(*) from book where price > p'");
    compared.follows(
        "select title, dearer(price) from book where id = 1",
        "update book set price = 5 where id = 2",
        "insert into book values (3, 'three', 1, 100)",
        "update book set title = 'uno' where id = 1");
  }

  @Test
  void whatABodyDoesBesidesIsAskedOfTheDatabase() throws SQLException {
    List<String> functions =
        List.of(
            "f1() returns timestamptz language sql as 'select clock_timestamp()'",
            "f2() returns float language sql as 'select random() from book'",
            "f3() returns bigint language sql as 'select nextval(''log_id_seq'')'",
            "f4() returns date language sql as 'select ''today''::date'",
            "f5() returns text language sql as 'select current_setting(''DateStyle'')'",
            "f6() returns int language sql set work_mem = '5MB' as 'select 1'",
            "f7() returns oid language sql as 'select oid from pg_class limit 1'",
            "f8() returns int language sql as 'select id from book where id = 1 for update'",
            "f9() returns text language sql as 'select ctid::text from book'",
            "f10(b book) returns text language sql as 'select b.stamped'",
            "f11(t timestamptz) returns text language sql as 'select t.age::text'",
            "f12() returns int language sql as 'select 1; select id from book'",
            "g1() returns int language plpgsql as"
                + " 'begin return (select count(*) from book tablesample system (50)); end'",
            "g2() returns date language plpgsql as 'begin return ''now''::date; end'",
            "g3() returns timestamptz language plpgsql as"
                + " 'declare t timestamptz default now(); begin return t; end'",
            "g4() returns int language plpgsql as"
                + " 'begin return 1 / 0; exception when others then return 1; end'",
            "g5() returns int language plpgsql as"
                + " 'declare c cursor for select id from book; n int;"
                + " begin open c; fetch c into n; return n; end'",
            "g6() returns refcursor language plpgsql as"
                + " 'declare c refcursor; begin return c; end'",
            "g7() returns int language plpgsql as 'begin raise notice ''x''; return 1; end'",
            "g8() returns int language plpgsql as"
                + " 'declare n int; begin get diagnostics n = row_count; return n; end'",
            "g9() returns text language plpgsql as"
                + " 'begin return current_setting(''TimeZone''); end'",
            "g10() returns int language plpgsql as"
                + " 'begin perform pg_advisory_xact_lock(1); return 1; end'",
            "g11() returns int language plpgsql as"
                + " 'begin return (select id from book where id = 1 for share); end'",
            "g12() returns text language plpgsql as 'declare r record; begin"
                + " select * into r from book limit 1; return r.stamped; end'");
    database.execute(
        "create function stamped(book) returns text stable language sql as"
            + " 'select clock_timestamp()::text'");
    for (String function : functions) {
      database.execute("create function " + function);
    }
    compared = new Compared(database);
    for (String function : functions) {
      String name = function.substring(0, function.indexOf('('));
      String call =
          switch (name) {
            case "f10" -> "f10(b)";
            case "f11" -> "f11('2020-01-01')";
            default -> name + "()";
          };
      assertThat(compared.larder.explain("select " + call + " from book b").cached())
          .as(function + ": " + compared.larder.explain("select " + call + " from book b"))
          .isFalse();
    }
    assertThat(compared.larder.explain("select f1()").reason())
        .isEqualTo(BypassReason.NON_DETERMINISTIC_FUNCTION);
    assertThat(compared.larder.explain("select f1()").detail())
        .contains("public.f1", "clock_timestamp", "larder.functions", "public.f1=immutable");
    assertThat(compared.larder.explain("select f6()").detail()).contains("settings of its own");
  }

  @Test
  void whatABodyWritesIsForgotten() throws SQLException {
    start(
        plpgsql("noted() returns int", "begin insert into log (note) values ('x'); return 1; end"),
        plpgsql("dynamic(t text) returns int", "begin execute t; return 1; end"),
        "create function nested() returns int language sql as 'select noted()'",
        "create function into_table() returns void language sql as"
            + " 'insert into log (note) select title from book'");
    compared.follows(
        "select count(*) from log",
        "select noted()",
        "select nested()",
        "select into_table()",
        "select dynamic('insert into log (note) values (''d'')')");
    compared.refused(BypassReason.MODIFIES_DATA, "select nested()", "select dynamic('select 1')");
  }

  @Test
  void aFunctionThatIsReplacedIsReadAgain() throws SQLException {
    start("create function price_of(b int) returns numeric language sql as 'select 1::numeric'");
    compared.cached("select price_of(1)");
    compared.follows(
        "select price_of(1)",
        "create or replace function price_of(b int) returns numeric language sql as"
            + " 'select price from book where id = b'",
        "update book set price = 99 where id = 1");
    compared.run(
        "create or replace function price_of(b int) returns numeric language sql as"
            + " 'select random()::numeric'");
    compared.refused(BypassReason.NON_DETERMINISTIC_FUNCTION, "select price_of(1)");
  }

  /** A name means what the caller's path says, or what the function's own path does. */
  @Test
  void aBodyIsReadOnTheCallersPath() throws SQLException {
    start(
        "create schema a",
        "create schema b",
        "create table a.item (n int)",
        "create table b.item (n int)",
        "insert into a.item values (1)",
        "insert into b.item values (20)",
        "create function items() returns bigint language sql as 'select 0::bigint'",
        "create function public.sum_items() returns bigint language plpgsql as"
            + " 'begin return (select sum(n) from item); end'",
        "create function public.fixed() returns bigint language plpgsql security definer"
            + " set search_path = a as 'begin return (select sum(n) from item); end'");
    assertThat(compared.larder.explain("select public.fixed()").tables()).containsExactly("a.item");
    try (Connection connection = compared.larder.getConnection();
        Statement statement = connection.createStatement()) {
      for (String schema : new String[] {"a", "b", "a"}) {
        statement.execute("set search_path = " + schema);
        String expected = schema.equals("a") ? "1;" : "20;";
        for (int i = 0; i < 2; i++) {
          assertThat(Compared.outcome(connection, "select public.sum_items()")).isEqualTo(expected);
          assertThat(Compared.outcome(connection, "select public.fixed()")).isEqualTo("1;");
        }
      }
      statement.execute("set search_path = b");
      compared.run("update b.item set n = 30");
      assertThat(Compared.outcome(connection, "select public.sum_items()")).isEqualTo("30;");
      statement.execute("create temporary table item (n int)");
      statement.execute("insert into item values (7)");
      assertThat(Compared.outcome(connection, "select public.sum_items()")).isEqualTo("7;");
      assertThat(Compared.outcome(connection, "select public.sum_items()")).isEqualTo("7;");
    }
  }

  /** What the body is told by a setting is a part of the key. */
  @Test
  void aCustomSettingThatABodyReadsIsAPartOfTheKey() throws SQLException {
    start(
        "create function tenant() returns int language sql as"
            + " 'select current_setting(''app.tenant'', true)::int'",
        "alter table book enable row level security",
        "alter table book force row level security",
        "create policy own on book using (shelf = tenant())",
        "create role reader",
        "grant all on book to reader");
    try (Connection connection = compared.larder.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("set role reader");
      for (int tenant : new int[] {1, 2, 1, 2}) {
        statement.execute("set app.tenant = '" + tenant + "'");
        long hits = compared.larder.statistics().hits();
        String expected = tenant == 1 ? "one;" : "two;";
        assertThat(Compared.outcome(connection, "select title from book")).isEqualTo(expected);
        assertThat(Compared.outcome(connection, "select title from book")).isEqualTo(expected);
        assertThat(compared.larder.statistics().hits()).isGreaterThan(hits);
      }
      statement.execute("reset role");
      statement.execute("reset app.tenant");
    }
    database.execute("drop policy own on book", "revoke all on book from reader");
    database.execute("drop role reader");
  }

  @Test
  void aDefaultIsAPartOfTheCall() throws SQLException {
    start(
        "create function at(t timestamptz default clock_timestamp()) returns text immutable"
            + " language sql as 'select extract(epoch from t)::text'",
        plpgsql("noted() returns int", "begin insert into log (note) values ('x'); return 1; end"),
        "create function plus(a int, b int default noted()) returns int immutable language sql as"
            + " 'select a + b'",
        "create function plain(a int default 1, b text default 'x'::text) returns text immutable"
            + " language sql as 'select a || b'");
    compared.refused(
        BypassReason.NON_DETERMINISTIC_FUNCTION, "select at()", "select at() from book");
    compared.follows("select count(*) from log", "select plus(1)");
    compared.cached("select plain()", "select plain(2) from book");
  }

  @Test
  void everyOverloadCounts() throws SQLException {
    start(
        "create function each_of(a int) returns int language sql as 'select a'",
        "create function single_of(a int) returns int language sql as 'select a'",
        "create function each_of(a text) returns text language sql as 'select a || now()'");
    compared.cached("select single_of(1)");
    compared.refused(BypassReason.NON_DETERMINISTIC_FUNCTION, "select each_of(1)");
  }
}
