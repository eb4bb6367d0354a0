package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.BypassReason;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/**
 * Symptom: one function that takes any row ({@code f(anyelement)}, {@code f(variadic anyarray)})
 * and is not immutable turned caching off for every table of a PostgreSQL database, one that takes
 * the row of a table did for that table. What such a call may look like behind a dot, {@code
 * (at).age}, {@code (id).f}, was answered from memory all the same.
 */
class FunctionsOfAnyRowTest extends ComparedOnPostgres {

  FunctionsOfAnyRowTest() {
    super(
        "create table book (id int primary key, first text, last text, at timestamptz, age int)",
        "insert into book values (1, 'Ann', 'A', '2020-01-01', 5), (2, 'Bob', 'B', null, 6)",
        "create table box (id int primary key, b book, place text)",
        "insert into box select id, book, 'x' from book",
        "create table log (id serial primary key, note text)",
        "create type pair as (x int, y int)",
        "create table point (id int, at pair)",
        "insert into point values (1, row(2, 3))",
        "create domain bookish as book",
        "create function anything(anyelement) returns text volatile language sql as"
            + " $$ select clock_timestamp()::text $$",
        "create function many(variadic anyarray) returns text volatile language sql as"
            + " $$ select clock_timestamp()::text $$",
        "create function full_name(book) returns text stable language plpgsql as"
            + " $$ begin return $1.first || clock_timestamp(); end $$",
        "create function older(book, int default 1) returns text stable language plpgsql as"
            + " $$ begin return $1.age || clock_timestamp(); end $$",
        "create function domained(bookish) returns text stable language plpgsql as"
            + " $$ begin return clock_timestamp(); end $$",
        "create function wide(pair) returns text stable language plpgsql as"
            + " $$ begin return clock_timestamp(); end $$",
        "create function place(text) returns text stable language plpgsql as"
            + " $$ begin return clock_timestamp(); end $$",
        "create function counted(book) returns text stable language plpgsql as"
            + " $$ begin return $1.first || (select count(*) from log); end $$",
        "create function told_of(book) returns text stable language plpgsql as $$ declare n text;"
            + " begin execute 'select count(*) from log' into n; return $1.first || n; end $$",
        "create function noted(int) returns int volatile language plpgsql as"
            + " $$ begin insert into log (note) values ('noted'); return $1; end $$",
        "create view named as select b.id, b.full_name from book b");
  }

  @Test
  void whatDoesNotNameItIsCached() throws SQLException {
    compared.cached(
        "select * from book",
        "select b.id, b.first, b.last from book b where b.id = 1",
        "select b.age, (b).first from book b where b.age > 5",
        "select box.id, box.place, (box.b).first from box",
        "select x.place from box x join book b on b.id = x.id order by x.id",
        "select (p.at).x from point p",
        "select public.book.id from public.book");
    compared.follows("select b.first from book b where b.id = 1", "update book set first = 'Eve'");
  }

  @Test
  void whatMayCallItIsAskedOfTheDatabase() throws SQLException {
    compared.refused(
        BypassReason.NON_DETERMINISTIC_FUNCTION,
        "select b.full_name from book b",
        "select full_name(b) from book b",
        "select b . /* so */ \"full_name\" from book b",
        "select b.FULL_NAME from book b",
        "select public.book.full_name from public.book",
        "select (b).full_name from book b",
        "select (x.b).full_name from box x",
        "select (array[b])[1].full_name from book b",
        "select (select b).full_name from book b where id = 1",
        "select b.older from book b",
        "select b.domained from book b",
        "select b.anything from book b",
        "select b.many from book b",
        "select q.anything from (select id from book) q",
        "select (b.id).anything from book b",
        "select (p.at).wide from point p",
        "select (x.place).place from box x",
        "select ('a' || x.place).place from box x",
        "select 1 from book b where b.full_name = 'x'",
        "select (b.at).age from book b",
        "select g.age from generate_series('2020-01-01'::timestamptz, '2020-01-02', '1 day') g",
        "select g.place from book, upper(first) as g",
        "select id from named where full_name > ''");
    assertThat(compared.larder.explain("select b.full_name from book b").detail())
        .contains("full_name", "clock_timestamp");
  }

  /** A function of texts cannot be meant by the name of a column of a table. */
  @Test
  void aColumnMayHaveTheNameOfAFunctionOfValues() throws SQLException {
    compared.cached("select b.age from book b", "select x.place from box x");
  }

  @Test
  void anImplicitCastMakesARowAValue() throws SQLException {
    database.execute(
        "create function text_of(book) returns varchar immutable language sql as"
            + " $$ select $1.first::varchar $$",
        "create cast (book as varchar) with function text_of(book) as implicit",
        "create function told(varchar) returns text stable language plpgsql as"
            + " $$ begin return $1 || clock_timestamp(); end $$");
    compared.refused(BypassReason.NON_DETERMINISTIC_FUNCTION, "select b.told from book b");
  }

  /** Called as an attribute, a function that writes does so as well. */
  @Test
  void aQueryWritesWhatTheAttributeWrites() throws SQLException {
    compared.follows("select count(*) from log", "select (b.id).noted from book b");
  }

  @Test
  void aDeclaredFunctionAddsItsTables() throws SQLException {
    try (Compared declared =
        new Compared(database, "larder.functions", "told_of=reads(public.log)")) {
      declared.follows(
          "select b.told_of from book b where b.id = 1",
          "insert into log (note) values ('n')",
          "update book set first = 'Eve' where id = 1");
    }
  }

  @Test
  void whatItsBodyReadsIsFollowed() throws SQLException {
    compared.follows(
        "select b.counted, b.first from book b where b.id = 1",
        "insert into log (note) values ('n')",
        "update book set first = 'Eve' where id = 1");
  }

  /** A parameter has a type of its own. */
  @Test
  void anAttributeOfAParameterIsAValue() throws SQLException {
    String sql = "select ?.place from box";
    assertThat(compared.larder.explain(sql).reason())
        .isEqualTo(BypassReason.NON_DETERMINISTIC_FUNCTION);
  }

  @Test
  void aNameWithAnEscapeCharacterOfItsOwnIsNotUnderstood() throws SQLException {
    compared.refused(
        BypassReason.UNPARSEABLE, "select b.U&\"full!005fname\" uescape '!' from book b");
  }
}
