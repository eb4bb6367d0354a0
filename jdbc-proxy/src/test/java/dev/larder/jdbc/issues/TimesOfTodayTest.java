package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.Explanation;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Symptom: MariaDB and H2 take a time of day for one of the current date where it meets a date or
 * becomes one, and PostgreSQL reads "now" and "today" where a text becomes a time. Such an answer
 * was kept until a write, and so could be of yesterday.
 */
class TimesOfTodayTest {

  private static final String[] ROWS = {
    "insert into hours values (1, 'now', '10:00:00', '18:00:00', '2024-05-01',"
        + " '2024-05-01 10:00:00')",
    "insert into hours values (2, 'two', '08:30:00', '12:00:00', '2024-05-02',"
        + " '2024-05-02 09:00:00')",
    "insert into visit values (1, 1, '09:15:00')",
    "insert into event values (1, '2024-05-01 10:00:00')"
  };

  private static void given(TestDatabase database, String stamp) {
    database.execute(
        "create table hours (id int primary key, title varchar(50), opens time, closes time,"
            + " on_day date, created "
            + stamp
            + ")",
        "create table visit (id int primary key, hours_id int, opens time)",
        "create table event (id int primary key, opens " + stamp + ")");
    database.execute(ROWS);
  }

  /** Times that stay what they are, on MariaDB and H2. */
  private static final String[] HARMLESS = {
    "select * from hours",
    "select * from hours where opens <= '09:00:00' and closes > '11:00:00'",
    "select opens, created from hours where created > '2020-01-01 00:00:00'",
    "select opens from hours where on_day = '2024-05-01' and opens < '11:00:00'",
    "select id, hour(opens), minute(closes) from hours where opens between '09:00' and '11:00'",
    "select id from hours where (opens < '09:00' or closes > '17:00') and on_day > '2000-01-01'",
    "select h.opens o from hours h join visit v on v.hours_id = h.id and v.opens < h.opens"
        + " where h.on_day is not null order by o, h.created",
    "select min(opens), max(created) from hours",
    "select opens, count(*) from hours group by opens, created having count(*) > 0",
    "select coalesce(opens, closes) from hours where created is not null",
    "select opens, created from hours where opens in ('10:00:00', '11:00:00')",
    "select case when on_day > '2000-01-01' then opens else closes end from hours",
    "select cast(created as time), cast(opens as char(8)) from hours",
    "select on_day, opens from hours union all select on_day, closes from hours",
    "select d.o from (select opens as o, created as c from hours) d where d.c > '2000-01-01'",
    "select year(created), extract(hour from opens) from hours",
    "select id from hours where opens = (select min(opens) from hours) and on_day is not null",
    "with h as (select opens o, on_day from hours) select o, on_day from h where o > '09:00:00'",
    "select opens, row_number() over (partition by on_day order by opens) from hours",
    "select id from hours where cast(created as time) < opens",
    "select created from hours where created > timestamp '2000-01-01 00:00:00'",
  };

  /** Times that become times of the current date, on MariaDB and H2. */
  private static final String[] OF_TODAY = {
    "select id from hours where opens > created and id > 0",
    "select id from hours where not (opens < created)",
    "select case when id = 1 then opens else created end from hours",
    "select coalesce(created, opens), coalesce(nullif(opens, '08:30:00'), created) from hours",
    "select opens from hours union select created from hours",
    "select id, opens from hours union all select id, opens from event",
    "select d.o from (select opens as o from hours union all select created from hours) d",
    "select h.id from hours h join event e on e.opens > h.opens",
    "select id from hours where created in (opens, closes) or created < opens",
    "select id from hours where created < any (select opens from visit)",
    "select id from hours where created between opens and '2999-01-01 00:00:00'"
        + " or created > closes",
    "select id from (select id, opens as o, created as c from hours) d where o > c",
    "with h (id, o) as (select id, opens from hours) select h.id from h, event e"
        + " where h.o > e.opens",
    "select id from hours where opens > timestamp '2024-06-01 00:00:00'",
    "select id from hours where greatest(opens, closes) > created",
    "select id from hours where (case when id > 0 then opens end) > created",
    "select (select max(opens) from visit) > created from hours",
    "select d.id from ((select id, opens as o from hours) d join event e on d.o > e.opens)",
    "select * from of_today",
  };

  @Test
  void mariaDb() throws SQLException {
    try (TestDatabase database = Databases.mariadb()) {
      given(database, "datetime");
      database.execute(
          "create view of_today as select cast(opens as datetime) o from hours",
          "create view shown as select id, opens, created from hours where opens > '09:00:00'",
          "create table computed (id int primary key, t time,"
              + " d date generated always as (cast(t as date)) virtual)",
          "insert into computed (id, t) values (1, '10:00:00')");
      try (Compared compared = new Compared(database)) {
        for (String[] texts :
            List.of(
                OF_TODAY,
                new String[] {
                  "select cast(opens as date), cast(opens as datetime) from hours",
                  "select convert(opens, datetime) from hours",
                  "select date(opens) from hours",
                  "select year(opens), month(opens), day(opens), dayofyear(opens) from hours",
                  "select datediff(opens, '2024-01-01') from hours",
                  "select {fn year(opens)} from hours",
                  "select last_day(opens), to_days(opens), week(opens) from hours",
                  "select timestampdiff(day, created, opens) from hours",
                  "select year(maketime(10, 0, 0)) from hours",
                  "select cast(time '10:00:00' as datetime) from hours",
                  "select date(sec_to_time(id)), date({t '10:00:00'}) from hours",
                  "select year(timediff(closes, opens)) from hours",
                  "select id from hours natural join event where 1 = 0 union select"
                      + " date(opens) from hours",
                  "select opens 'o' from hours having year(o) > 2025",
                  "select `max(opens)` > created from hours, (select max(opens) from visit) d",
                  "select cast(str_to_date('10:00', '%H:%i') as datetime) from hours",
                  "select if(id > 0 and id < 9, opens, closes) > created from hours",
                  "select d from computed",
                  "select id from shown where opens > created",
                })) {
          for (String text : texts) {
            assertThat(at(database, 1_700_000_000L, text))
                .as(text)
                .isNotEqualTo(at(database, 4_000_000_000L, text));
            refused(compared, text);
          }
        }
        for (String[] texts :
            List.of(
                HARMLESS,
                new String[] {
                  "select addtime(opens, '01:00:00'), timediff(closes, opens), time_to_sec(opens),"
                      + " sec_to_time(sum(time_to_sec(closes))), created from hours group by id",
                  "select timediff(created, '2024-05-01 00:00:00') from hours",
                  "select time_format(opens, '%H:%i'), date_format(created, '%Y') from hours",
                  "select hour(timediff(closes, opens)) from hours where on_day > '2000-01-01'",
                  "select created + interval 1 day, opens from hours",
                  "select id from hours h use index (primary) where h.title > 'a'",
                  "select title from hours ignore index for join (primary) where title > 'a'",
                  "select * from shown where created > '2000-01-01'",
                  "select if(opens > '09:00:00', created, on_day) from hours",
                  "select id from hours where opens = '2024-01-01 10:00:00'",
                  "select timediff(opens, created) is null from hours where id = 0",
                })) {
          for (String text : texts) {
            assertThat(at(database, 1_700_000_000L, text))
                .as(text)
                .isEqualTo(at(database, 4_000_000_000L, text));
          }
          compared.cached(texts);
        }
      }
    }
  }

  /** What MariaDB answers while it believes that it is another time. */
  private static String at(TestDatabase database, long second, String text) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("set timestamp = " + second);
      return Compared.outcome(connection, text);
    }
  }

  @Test
  void h2() throws SQLException {
    try (TestDatabase database = Databases.h2()) {
      given(database, "timestamp");
      database.execute(
          "create view of_today as select cast(opens as timestamp) o from hours",
          "create view shown as select id, opens, created from hours where opens > '09:00:00'",
          "create table zoned (id int primary key, z time with time zone, t time,"
              + " s timestamp with time zone)",
          "insert into zoned values (1, '10:00:00+01:00', '10:00:00', '2024-05-01 10:00:00+00')");
      try (Compared compared = new Compared(database)) {
        for (String[] texts :
            List.of(
                OF_TODAY,
                new String[] {
                  "select cast(opens as timestamp) from hours",
                  "select opens::timestamp from hours",
                  "select convert(opens, timestamp) from hours",
                  "select formatdatetime(cast(opens as timestamp), 'yyyy-MM-dd') from hours",
                  "select cast(time '10:00:00' as timestamp) from hours",
                  "select cast(opens as time with time zone) from hours",
                  "select cast(z as timestamp with time zone) from zoned",
                  "select cast(z as time) from zoned",
                  "select id from zoned where t < z or t > z",
                  "select t from zoned union all select z from zoned",
                  "select id, t > s, z > s from zoned",
                  "select * from (values (time '10:00:00'), (timestamp '2024-01-01 00:00:00')) v",
                  "select id from zoned where t = '10:00:00+01:00'",
                  "select cast('10:00:00 UTC+1' as time) from zoned where t = '10:00:00+01'",
                  "select cast(title as time) from hours where id > 9",
                  "select v.c1 > created from (values (time '10:00:00')) v, hours",
                })) {
          for (String text : texts) {
            String east = in(database, "+18", text);
            String west = in(database, "-18", text);
            if (!text.contains("<")
                && !text.contains("=")
                && !text.contains("id > 9")
                && !text.contains(">")
                && !text.contains(" in (")) {
              assertThat(east).as(text).isNotEqualTo(west);
            }
            refused(compared, text);
          }
        }
        compared.cached(HARMLESS);
        compared.cached(
            "select * from zoned",
            "select z, t from zoned where t > '09:00:00' order by s",
            "select * from shown where created > '2000-01-01'",
            "select opens::varchar, created::date from hours",
            "select dateadd(day, 1, created), opens from hours");
      }
    }
  }

  private static String in(TestDatabase database, String zone, String text) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("set time zone '" + zone + "'");
      return Compared.outcome(connection, text);
    }
  }

  @Test
  void postgres() throws SQLException {
    try (TestDatabase database = Databases.postgres()) {
      database.execute(
          "create type status as enum ('today', 'sold')",
          "create domain moment as timestamptz",
          "create domain noon as time with time zone",
          "create type pair as (a int, b date)",
          "create table book (id int primary key, title text, doc jsonb, created timestamptz,"
              + " on_day date, opens time, state status, tags text[], price numeric, days date[])",
          "insert into book values (1, 'now', '{\"at\": \"now\", \"id\": 1}', now(), now(),"
              + " '10:00', 'today', '{now}', 10, '{2024-01-01}')",
          "create view of_today as select title::timestamptz as at from book",
          "create view shown as select id, date_trunc('day', created) as day,"
              + " coalesce(title, 'none') as name from book",
          "create table tenant (id int primary key, at text)",
          "insert into tenant values (1, 'now')",
          "alter table tenant enable row level security",
          "create policy open on tenant using (at::timestamptz > '2000-01-01')",
          "create function of_text(t text) returns timestamptz stable language sql"
              + " as 'select $1::timestamptz'",
          "create function assigned(t int) returns timestamptz language plpgsql as"
              + " 'declare d timestamptz; begin select title into d from book where id = t;"
              + " return d; end'",
          "create function returned(t int) returns timestamptz language plpgsql as"
              + " 'begin return (select title from book where id = t); end'",
          "create function cast_inside(t int) returns text language plpgsql as"
              + " 'begin return (select title::timestamptz from book where id = t); end'",
          "create function fine(t int) returns date language plpgsql as"
              + " 'declare d date; begin select max(on_day) into d from book where id = t;"
              + " return d; end'",
          "create function day_of(at timestamptz) returns date language plpgsql as"
              + " 'begin return at::date; end'",
          "create function of_zoned(t timetz) returns text immutable language sql as"
              + " 'select t::text'",
          "create function zone_inside(n int) returns timetz language plpgsql as"
              + " 'declare t time; begin select opens into t from book where id = n;"
              + " return t at time zone ''UTC''; end'",
          "create function local_day(at timestamptz) returns date language sql as"
              + " 'select (at at time zone ''UTC'')::date'",
          "create function name_of(n int) returns text language plpgsql as"
              + " 'declare t text; begin select title into t from book where id = n;"
              + " return t; end'");
      try (Compared compared = new Compared(database)) {
        String[] moving = {
          "select title::timestamptz from book",
          "select title::timestamp(3) from book",
          "select title::timestamptz + interval '1 day' from book",
          "select title::text::timestamptz from book",
          "select b.title::pg_catalog.timestamptz from book b",
          "select cast(title as timestamp with time zone) from book",
          "select \"timestamptz\"(title) from book",
          "select (title).timestamptz from book",
          "select (lower('N') || 'ow')::timestamptz from book",
          "select concat('n', 'ow')::timestamptz from book",
          "select (doc->>'at')::timestamptz from book",
          "select (doc #>> '{at}')::timestamptz from book",
          "select tags[1]::timestamptz from book",
          "select tags::timestamptz[] from book",
          "select ('[' || title || ',)')::tstzrange from book",
          "select title::moment from book",
          "select (select title from book limit 1)::timestamptz from book",
          "select coalesce(title, 'x')::timestamptz from book",
          "select max(title)::timestamptz from book",
          "select case when id = 1 then title end::timestamptz from book",
          "select t::timestamptz from (select title as t from book) d",
          "select t::timestamptz from (select id, lower(title) from book) d (i, t)",
          "with c as (select title || '' as t from book) select t::timestamptz from c",
          "with c (t) as (select title from book) select c.t::timestamptz from c",
          "select u::timestamptz from book, unnest(tags) u",
          "select u.timestamptz from book, unnest(tags) u",
          "select x.at from book, jsonb_to_record(doc) as x(at timestamptz)",
          "select x.at from book, jsonb_populate_record(null::tenant, doc) x"
              + " where x.at::timestamptz > '2000-01-01'",
          "select x.at from book, xmltable('/a' passing xmlparse(document '<a>now</a>')"
              + " columns at timestamptz path '.') x",
          "select id from book where created < title::timestamptz and id > 5 or title is null"
              + " or (id = 1 and title::timestamptz > created)",
          "select at from of_today",
          "select id from tenant",
          "select of_text(title) from book",
          "select assigned(id) from book",
          "select returned(id) from book",
          "select cast_inside(id) from book",
          "select title::timestamptz from book union select created from book",
        };
        String[] others = {
          "select opens at time zone 'Europe/Berlin' from book",
          "select max(opens) at time zone 'UTC' from book",
          "select timezone('UTC', opens) from book",
          "select created::time at time zone 'UTC' from book",
          "select at at time zone 'UTC' from (select opens + interval '1 hour' as at from book) d",
          "select of_zoned(opens) from book",
          "select zone_inside(id) from book",
          "select json_value(doc, '$.at' returning timestamptz) from book",
          "select j.at from book, json_table(doc, '$' columns (at moment path '$.at')) j",
          "select j.at from book, json_table(doc, '$' columns (id int, at date path '$.at')) j",
          "select cast(title as date) from book",
          "select date(title) from book",
          "select ('to' || 'day')::date from book",
          "select state::text::date from book",
          "select (1, title)::text::pair from book",
          "select opens::timetz from book",
          "select opens::noon from book",
          "select opens::time with time zone from book",
          "select '10:00 Europe/Berlin'::timetz from book",
          "select timetz '10:00' from book",
          "select cast(opens as time with time zone) from book",
          "select id from book where opens < '10:00'::timetz",
          "select jsonb_path_query_tz(doc, '$.at.datetime()') from book",
          "select json_populate_record(null::pair, doc::json) from book",
        };
        for (String[] texts : List.of(moving, others)) {
          for (String text : texts) {
            refused(compared, text);
          }
        }
        for (String text : moving) {
          if (!text.contains(" id from") && !text.contains("x.at")) {
            try (Connection plain = database.connect()) {
              assertThat(moves(plain, text)).as(text).isTrue();
            }
          }
        }
        String[] fine = {
          "select created::date, count(*) from book group by created::date order by 1",
          "select date_trunc('day', created)::date, sum(price) from book where title <> 'x'"
              + " group by 1",
          "select (created at time zone 'Europe/Berlin')::date from book",
          "select day::date from (select date_trunc('day', created) as day from book) d",
          "select d::date from generate_series('2024-01-01'::timestamp, '2024-01-03'::timestamp,"
              + " '1 day') as d left join book on on_day = d::date",
          "select g.d::date from generate_series('2024-01-01'::timestamp, '2024-01-03'::timestamp,"
              + " interval '1 day') as g(d), book",
          "with days as (select generate_series(min(on_day), max(on_day), '1 day') as d from book)"
              + " select days.d::date from days",
          "select min(created)::date, max(created)::timestamp from book",
          "select coalesce(on_day, created::date, date '2024-01-01')::timestamp from book",
          "select case when title = 'x' then created else on_day end::date from book",
          "select (on_day + 1)::timestamp, (created + interval '1 day')::date from book",
          "select (array_agg(created order by created desc nulls last))[1]::date from book",
          "select days[1]::timestamp, days::timestamp[] from book",
          "select first_value(created) over (partition by title order by id)::date from book",
          "select date(created), to_date(title, 'YYYY') from book where title = '2024'",
          "select to_timestamp(extract(epoch from created))::date from book",
          "select title::varchar(10), id::text, price::int, doc::text, state::text from book",
          "select id from book where state = 'sold'::status or created >= '2024-01-01'::date",
          "select id from book where created between timestamp '2024-01-01' and"
              + " '2024-02-01'::timestamptz and title like 'n%'",
          "select day::date, name from shown",
          "select (select max(created) from book)::date",
          "select x.id from book, jsonb_to_record(doc) as x(id int, at text)",
          "select cast(created as date), cast(id as varchar) from book",
          "select lower(tstzrange(created, null))::date from book",
          "select id from book where on_day in ('2024-01-01'::date, '2024-01-02'::date)",
          "select fine(id), name_of(id) from book",
          "select day_of(created), local_day(created) from book",
          "select opens, opens + interval '1 hour', opens < '11:00' from book",
          "select j.id from book, json_table(doc, '$' columns (id int, at text path '$.at')) j",
          "select json_value(doc, '$.at' returning text) from book",
        };
        compared.cached(fine);
      }
    }
  }

  /** Whether the second of two executions with the same values is answered from memory. */
  private static boolean isKept(Compared compared, String text, Object... values)
      throws SQLException {
    long before = compared.larder.statistics().hits();
    for (int i = 0; i < 2; i++) {
      try (Connection connection = compared.larder.getConnection();
          PreparedStatement statement = connection.prepareStatement(text)) {
        for (int v = 0; v < values.length; v++) {
          statement.setObject(v + 1, values[v]);
        }
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            rows.getString(1);
          }
        }
      }
    }
    return compared.larder.statistics().hits() > before;
  }

  private static void parameters(Compared compared) throws SQLException {
    Timestamp moment = Timestamp.valueOf("2024-06-01 00:00:00");
    String between = "select id from hours where on_day = ? and opens <= ? and closes > ?";
    assertThat(isKept(compared, between, LocalDate.of(2024, 5, 1), LocalTime.NOON, LocalTime.NOON))
        .isTrue();
    assertThat(isKept(compared, between, "2024-05-01", "10:00:00", Time.valueOf("11:00:00")))
        .isTrue();
    assertThat(isKept(compared, between, LocalDate.of(2024, 5, 1), moment, LocalTime.NOON))
        .isFalse();
    assertThat(isKept(compared, between, LocalTime.NOON, LocalTime.NOON, LocalTime.NOON)).isFalse();
    assertThat(isKept(compared, "select id from hours where created > ?", moment)).isTrue();
    assertThat(isKept(compared, "select id from hours where created > ?", LocalTime.NOON))
        .isFalse();
    assertThat(isKept(compared, "select id from hours where created in (?, ?)", moment, moment))
        .isTrue();
    assertThat(isKept(compared, "select id from hours where opens in (?, ?)", "10:00:00", moment))
        .isFalse();
    assertThat(isKept(compared, "select id from hours where ? < ?", LocalTime.NOON, moment))
        .isFalse();
    assertThat(isKept(compared, "select id from hours where title = ? or id = ?", "x", 1)).isTrue();
  }

  @Test
  void parametersOfMariaDb() throws SQLException {
    try (TestDatabase database = Databases.mariadb()) {
      given(database, "datetime");
      try (Compared compared = new Compared(database)) {
        parameters(compared);
        String given = "select id from (select ? as x, created, id from hours) d where x < created";
        assertThat(isKept(compared, given, LocalTime.NOON)).isFalse();
        assertThat(isKept(compared, given, Timestamp.valueOf("2020-01-01 00:00:00"))).isTrue();
      }
    }
  }

  @Test
  void parametersOfH2() throws SQLException {
    try (TestDatabase database = Databases.h2()) {
      given(database, "timestamp");
      try (Compared compared = new Compared(database)) {
        parameters(compared);
        OffsetTime noon = OffsetTime.of(LocalTime.NOON, ZoneOffset.ofHours(1));
        assertThat(isKept(compared, "select id from hours where opens < ?", noon)).isFalse();
        assertThat(isKept(compared, "select id from hours where opens < ?", "10:00:00+01"))
            .isFalse();
        assertThat(isKept(compared, "select id from hours where opens < ?", "10:00:00")).isTrue();
        assertThat(isKept(compared, "select cast(? as timestamp) from hours", LocalTime.NOON))
            .isFalse();
      }
    }
  }

  /**
   * Whether an answer changes with the clock alone. Executions may fall into one millisecond, which
   * is the finest that timestamp(3) tells, so it is asked until it has.
   */
  private static boolean moves(Connection plain, String text) {
    String first = Compared.outcome(plain, text);
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (System.nanoTime() < end) {
      if (!Compared.outcome(plain, text).equals(first)) {
        return true;
      }
    }
    return false;
  }

  private static void refused(Compared compared, String... texts) throws SQLException {
    for (String text : texts) {
      Explanation explanation = compared.larder.explain(text);
      assertThat(explanation.cached()).as(text + ": " + explanation).isFalse();
      assertThat(explanation.reason())
          .as(text + ": " + explanation)
          .isIn(
              BypassReason.NON_DETERMINISTIC_CONSTRUCT,
              BypassReason.NON_DETERMINISTIC_FUNCTION,
              BypassReason.CURRENT_TIME_LITERAL);
      long before = compared.larder.statistics().hits();
      compared.outcome(text);
      compared.outcome(text);
      assertThat(compared.larder.statistics().hits()).as(text).isEqualTo(before);
    }
  }
}
