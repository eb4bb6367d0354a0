package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.Databases;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a trigger inserts of a column of the row that it runs for is written where that column has
 * the values of the rows that the statement names, and nowhere else.
 */
final class RowsOfTriggersTest {

  private static final String ONE = "select after from moved where book = 1 order by id";

  private TestDatabase database;
  private Compared compared;

  @BeforeEach
  void tables() throws SQLException {
    database = Databases.fresh(Product.POSTGRESQL);
    database.execute(
        "create table stock (book int primary key, n int, other int)",
        "create table moved (id serial primary key, book int, change int, after int)",
        "insert into stock values (1, 10, 9), (2, 20, 9), (3, 30, 9), (9, 90, 1)",
        "create function moves() returns trigger language plpgsql as 'begin insert into moved"
            + " (book, change, after) values (new.book, new.n - old.n, new.n); return null; end'",
        "create trigger moves after update on stock for each row execute function moves()");
    compared = new Compared(database);
  }

  @AfterEach
  void close() {
    compared.close();
    database.close();
  }

  @Test
  void aRowOfThoseThatAreNamed() throws SQLException {
    keeps("update stock set n = n + 1 where book = 9");
    keeps("update stock set n = n + 1 where book in (2, 3)");
    forgets("update stock set n = n + 1 where book = 1");
    forgets("update stock set n = n + 1");
    forgets("update stock set n = n + 1 where n > 80");
    forgets("update stock set n = n + 1 where book = 1 or n = 3");
    // The key is another one afterwards, or was before.
    keeps("update stock set book = 8 where book = 9");
    forgets("delete from moved where book = 1");
    forgets("update stock set book = 7 where book = 1");
    forgets("update stock set book = 1 where book = 7");
    forgets("update stock set book = 7 where book = 1");
    forgets("update stock set book = book - 1 where book = 2");
    keeps("delete from stock where book = 3");
    keeps("insert into stock values (5, 5, 5)");
    keeps("insert into stock values (5, 5, 5) on conflict (book) do update set n = stock.n + 2");
    keeps("delete from stock where book in (1, 2)");
    keeps("insert into stock values (2, 5, 5)");
    forgets("insert into stock values (2, 5, 5) on conflict (book) do update set book = 1");
  }

  @Test
  void whatTheBodyMakesOfTheRow() throws SQLException {
    body("new.book := 1; insert into moved (book, after) values (new.book, new.n);");
    forgets("update stock set n = n + 1 where book = 9");
    body("select 1 into new.book; insert into moved (book, after) values (new.book, new.n);");
    forgets("update stock set n = n + 1 where book = 9");
    body("insert into moved (book, after) values (new.other, new.n);");
    forgets("update stock set n = n + 1 where book = 9");
    body("insert into moved (book, after) values (new.book - 8, new.n);");
    forgets("update stock set n = n + 1 where book = 9");
    body("insert into moved (after, book) values (new.book, new.other);");
    forgets("update stock set n = n + 1 where book = 9");
    body("insert into moved values (default, new.book, 0, new.n);");
    keeps("update stock set n = n + 1 where book = 9");
    forgets("update stock set n = n + 1 where book = 1");
    body(
        "insert into moved (book, after) values (new.book, 1); insert into moved (book, after)"
            + " values (old.other, 2);");
    forgets("update stock set n = n + 1 where book = 9");
    body(
        "insert into moved (book, after) values (new.book, 1); update moved set after = after + 1"
            + " where book = 1;");
    forgets("update stock set n = n + 1 where book = 9");
    body("insert into moved (book, after) select old.other, new.n;");
    forgets("update stock set n = n + 1 where book = 9");
    body("insert into moved (book, after) values (old.book, 1), (1, 2);");
    forgets("update stock set n = n + 1 where book = 9");
    database.execute(
        "create or replace function moves() returns trigger language plpgsql as 'declare old stock;"
            + " begin select * into old from stock where book = 1; insert into moved (book, after)"
            + " values (old.book, 3); return null; end'");
    restart();
    forgets("update stock set n = n + 1 where book = 9");
  }

  @Test
  void otherWaysToTheTable() throws SQLException {
    String nine = "update stock set n = n + 1 where book = 9";
    // What is inserted becomes another row.
    database.execute(
        "create function shifts() returns trigger language plpgsql as"
            + " 'begin new.book := new.book - 8; return new; end'",
        "create trigger shifts before insert on moved for each row execute function shifts()");
    restart();
    forgets(nine);
    database.execute(
        "drop trigger shifts on moved",
        "create function doubles() returns trigger language plpgsql as 'begin if new.book > 1 then"
            + " insert into moved (book, after) values (1, new.after); end if; return null; end'",
        "create trigger doubles after insert on moved for each row execute function doubles()");
    restart();
    forgets(nine);
    // The row is another one before it is written.
    database.execute(
        "drop trigger doubles on moved",
        "create trigger shifts before update on stock for each row when (old.book = 9) execute"
            + " function shifts()");
    restart();
    forgets("delete from stock where book = 1; " + nine);
    // The same trigger of another table, which a cascade writes.
    database.execute(
        "drop trigger shifts on stock",
        "insert into stock values (9, 1, 1) on conflict do nothing",
        "create table child (n int, book int primary key, stock int references stock on update"
            + " cascade)",
        "insert into child values (0, 1, 9)",
        "create trigger moves after update on child for each row execute function moves()");
    restart();
    forgets("update stock set book = 19 where book = 9");
    // What a text says beside.
    forgets(
        "with x as (insert into moved (book, after) values (1, 5)) update stock set n = 3 where"
            + " book = 2");
  }

  @Test
  void whatIsDeclaredOfABodyThatBearsItOut() throws SQLException {
    String nine = "update stock set n = n + 1 where book = 9";
    database.execute(
        "create table log (book int)",
        "create function notes() returns int language plpgsql as"
            + " 'begin insert into moved (book) values (1); return 0; end'");
    restart("larder.functions", "moves=writes(public.moved)");
    keeps(nine);
    forgets("update stock set n = n + 1 where book = 1");
    // A table that is declared and not written by the body, for whatever reason, is any of its
    // rows.
    restart("larder.functions", "moves=writes(public.moved, log)");
    assertThat(compared.isSpared("select * from log where book = 1", nine)).isFalse();
    keeps(nine);
    // More than is declared: the declaration counts.
    restart("larder.functions", "moves=writes(log)");
    assertThat(compared.isSpared("select * from log where book = 1", nine)).isFalse();
    assertThat(compared.larder.explain(nine).tables()).doesNotContain("public.moved");
    for (String more :
        List.of(
            "perform notes();",
            "execute 'insert into moved (book, after) values (1, 1)';",
            "insert into moved (book, after) values (1, notes());",
            "update moved set after = after + 1 where book = 1;")) {
      body("insert into moved (book, after) values (new.book, new.n); " + more);
      restart("larder.functions", "moves=writes(public.moved)");
      forgets(nine);
    }
    // A name that may mean another table as well.
    body("insert into moved (book, after) values (new.book, new.n);");
    database.execute("create schema other", "create table other.moved (book int)");
    restart("larder.functions", "moves=writes(moved)");
    assertThat(compared.isSpared("select * from other.moved where book = 1", nine)).isFalse();
    forgets(nine);
  }

  private void body(String statements) throws SQLException {
    database.execute(
        "create or replace function moves() returns trigger language plpgsql as $$ begin "
            + statements
            + " return null; end $$");
    restart();
  }

  private void restart(String... settings) {
    compared.close();
    compared = new Compared(database, settings);
  }

  private void keeps(String write) throws SQLException {
    assertThat(compared.isSpared(ONE, write)).as(write).isTrue();
  }

  private void forgets(String write) throws SQLException {
    assertThat(compared.isSpared(ONE, write)).as(write).isFalse();
  }
}
