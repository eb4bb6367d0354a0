package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.BypassReason;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/**
 * Symptom: a query was refused as unparseable for a JDBC escape, {@code OPERATOR(pg_catalog.=)},
 * {@code = 1 is not true}, {@code @?}, MariaDB's {@code mod}, {@code use index ()} or {@code select
 * straight_join}, and for a literal with an escape or with the word "now" in a sentence. On
 * PostgreSQL {@code {fn ucase(x)}} counted as a write of everything.
 */
class UnderstoodTextsTest {

  private static final String[] ESCAPES = {
    "select id from book where d = {d '2020-01-02'}",
    "select id from book where t = {t '10:00:00'}",
    "select id from book where at < {ts '2021-01-01 00:00:00'} and id = 1",
    "select {fn ucase(title)}, {fn concat(title, 'x')}, {fn length(title)} from book",
    "select {fn ucase({fn lcase(title)})} from book where id = 1",
    "select {fn year(d)}, {fn dayofmonth(d)} from book order by id",
    "select {fn locate('o', title)} from book where {fn lcase(title)} like 'o%'",
    "select b.id from {oj book b left outer join shelf s on b.id = s.book_id} where b.id = 1",
    "select b.id from {oj book b left outer join shelf s on b.id = s.book_id}, shelf x"
  };

  private static final String[] ROWS = {
    "delete from book",
    "delete from shelf",
    "insert into book values (1, 'one', '2020-01-02', '10:00:00', '2020-01-01 00:00:00', 7)",
    "insert into book values (2, 'two', '2020-02-02', '11:00:00', '2020-01-01 00:00:00', 8)",
    "insert into shelf values (1, 1)"
  };

  private static void given(TestDatabase database) {
    database.execute(
        "create table book (id int primary key, title varchar(50), d date, t time, at timestamp,"
            + " qty int)",
        "create table shelf (id int primary key, book_id int)");
    database.execute(ROWS);
  }

  /** In the order of the queries: what is written to what each of them reads last. */
  private static void each(Compared compared, String[] queries) throws SQLException {
    String[] writes = {
      "update book set d = '2020-01-02' where id = 2",
      "update book set t = '10:00:00', title = 'ONE more', qty = 1 where id = 2",
      "update book set title = 'One', d = '2021-05-06', at = '2030-01-01 00:00:00' where id = 1",
      "insert into shelf values (2, 2)",
      "delete from shelf where id = 1",
      "insert into book values (3, 'three', '2020-01-02', '10:00:00', '2020-05-05 00:00:00', 7)",
      "delete from book where id = 3",
      "update book set d = '2020-01-02', title = 'one' where id = 1",
    };
    for (String row : ROWS) {
      compared.run(row);
    }
    compared.cached(queries);
    for (String write : writes) {
      compared.run(write);
      for (String query : queries) {
        compared.same(query);
        compared.same(query);
      }
    }
  }

  @Test
  void postgres() throws SQLException {
    try (TestDatabase database = Databases.postgres()) {
      given(database);
      database.execute(
          "create table doc (id int primary key, js jsonb)",
          "insert into doc values (1, '{\"a\": 1}'), (2, '{}')");
      try (Compared compared = new Compared(database)) {
        each(compared, ESCAPES);
        each(
            compared,
            new String[] {
              "select id from book where id operator(pg_catalog.=) 1",
              "select id from book where title operator(pg_catalog.||) 'x' <> 'onex'",
              "select id from book where (id = 1) is not true",
              "select id from book where id = 1 is not true",
              "select id from book where id = 1 is not true and qty > 0",
              "select id from book where title like 'o%' is false",
              "select case when id = 1 is true then qty else 0 end from book order by id",
              "select id from book where title = E'on\\x65'",
              "select id from book where title <> E'it\\'s \\\\'",
              "select id from book where title = U&'\\006fne'",
              "select id from book where title <> 'what happens now and today' order by id",
              "select id from book where title = 'one' and title <> 'nothing happens tomorrow'",
              "select {fn database()}, {fn ifnull(title, 'x')}, {fn dayname(d)} from book",
              "select {fn timestampdiff(SQL_TSI_DAY, d, at)} from book order by id",
            });
        compared.follows(
            "select id from doc where js @? '$.a'",
            "update doc set js = '{\"a\": 2}' where id = 2");
        compared.follows("select id from doc where js @@ '$.a == 1'", "delete from doc");
        compared.refused(
            BypassReason.NON_DETERMINISTIC_FUNCTION,
            "select {fn now()} from book",
            "select {fn curdate()} from book",
            "select {fn curtime()} from book",
            "select {fn nosuch(title)} from book",
            "select {fn random()} from book");
        compared.refused(
            BypassReason.CURRENT_TIME_LITERAL,
            "select {d 'today'} from book",
            "select 'now'::timestamptz from book",
            "select id from book where at > E'no\\x77'",
            "select id from book where at > E'\\156ow'",
            "select id from book where at > U&'n\\006fw'",
            "select id from book where at > ' today '",
            "select id from book where at > 'today 10:00'",
            "select id from book where at > 'today on poland'",
            "select id from book where at > 'now happening5'",
            "select id from book where at <@ '[yesterday, infinity)'::tsrange",
            "select split_part('it happens now', ' ', 3)::timestamptz from book",
            "select cast(split_part('it happens now', ' ', 3) as timestamptz) from book",
            "select date(split_part('it happens now', ' ', 3)) from book");
      }
    }
  }

  /** What nobody has is an error of the database, and no write of everything. */
  @Test
  void anUnknownEscapeForgetsNothing() throws SQLException {
    try (TestDatabase database = Databases.postgres()) {
      given(database);
      try (Compared compared = new Compared(database)) {
        assertThat(compared.isSpared("select qty from book", "select id from shelf")).isTrue();
        compared.cached("select qty from book");
        long before = compared.larder.statistics().hits();
        compared.outcome("select {fn nosuch(title)} from book");
        compared.same("select qty from book");
        assertThat(compared.larder.statistics().hits()).isEqualTo(before + 1);
        database.execute(
            "create function nosuch(text) returns int volatile language plpgsql as"
                + " $$ begin update book set qty = qty + 1; return 1; end $$");
      }
      try (Compared compared = new Compared(database)) {
        compared.follows("select qty from book", "select {fn nosuch('x')} from shelf");
      }
    }
  }

  @Test
  void mariadb() throws SQLException {
    try (TestDatabase database = Databases.mariadb()) {
      given(database);
      database.execute("create index k on book (qty)");
      try (Compared compared = new Compared(database)) {
        each(compared, ESCAPES);
        each(
            compared,
            new String[] {
              "select id mod 2, id div 2 from book",
              "select id from book where qty mod 4 = 3",
              "select id from book where id = 1 && qty = 7",
              "select id from book where id = 1 || qty = 8",
              "select id || 0 from book where id = 1 || id = 2",
              "select straight_join b.id from book b join shelf s on s.book_id = b.id",
              "select distinct straight_join b.id from book b, shelf s where s.book_id = b.id",
              "select id from book use index () where qty = 7",
              "select id from book force index for join (k) where qty = 7",
              "select b.id from book b use index for order by (k), shelf s order by qty, s.id",
              "select id from book where title = binary 'one'",
              "select id from book where binary title = 'one'",
              "select id from book where title sounds like 'won'",
              "select id from book where id = 1 is not true",
              "select id from book where title like 'o%' is false",
              "select id from book where title is not null is true",
            });
        compared.refused(
            BypassReason.NON_DETERMINISTIC_FUNCTION,
            "select {fn now()} from book",
            "select unix_timestamp(t) from book",
            "select convert_tz(t, '+00:00', '+01:00') from book");
      }
    }
  }

  /** What the bars are is a setting of the session, and so a part of the key. */
  @Test
  void barsThatJoinTextsAreNoOr() throws SQLException {
    String query = "select id || qty from book where id || qty = 17";
    try (TestDatabase database = Databases.mariadb()) {
      given(database);
      try (Compared compared = new Compared(database)) {
        compared.cached(query);
        try (Connection connection = compared.larder.getConnection();
            Statement statement = connection.createStatement()) {
          statement.execute("set session sql_mode = 'PIPES_AS_CONCAT'");
          for (int i = 0; i < 2; i++) {
            assertThat(Compared.outcome(connection, query)).isEqualTo("17;");
          }
          compared.run("update book set qty = 8 where id = 1");
          assertThat(Compared.outcome(connection, query)).isEmpty();
        }
        compared.cached(query);
      }
    }
  }

  @Test
  void h2() throws SQLException {
    try (TestDatabase database = Databases.h2()) {
      given(database);
      try (Compared compared = new Compared(database)) {
        each(compared, ESCAPES);
        compared.refused(BypassReason.NON_DETERMINISTIC_FUNCTION, "select {fn now()} from book");
      }
    }
  }
}
