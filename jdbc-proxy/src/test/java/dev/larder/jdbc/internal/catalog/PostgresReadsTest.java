package dev.larder.jdbc.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.TableName;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What queries depend on, by PostgreSQL's own catalogue. */
class PostgresReadsTest {

  private TestDatabase database;

  @BeforeEach
  void open() {
    database = Databases.postgres();
    database.execute(
        "create table book (id int primary key, title text, price numeric, at timestamptz)",
        "create table shelf (id int primary key, book_id int references book)");
  }

  @AfterEach
  void close() {
    database.close();
  }

  private CatalogueProbe probe(String... ddl) {
    database.execute(ddl);
    return CatalogueProbe.of(database);
  }

  @Test
  void aTableIsFoundWhateverItsCaseAndQualifier() {
    CatalogueProbe probe = probe("create schema other", "create table other.\"Book\" (id int)");
    assertThat(probe.reads("select * from book b join public.shelf s on true"))
        .isEqualTo("book shelf");
    assertThat(probe.reads("select * from BOOK")).isEqualTo("book");
    assertThat(probe.catalogue().reads(probe.facts("select * from book"), SearchPath.UNKNOWN))
        .isEqualTo(
            new ReadSet.Tables(
                Set.of(new TableName("public", "book"), new TableName("other", "Book"))));
    assertThat(probe.reads("select * from nowhere")).isEqualTo("UNKNOWN_TABLE");
    assertThat(probe.reads("select * from nowhere.book")).isEqualTo("UNKNOWN_TABLE");
  }

  @Test
  void commonTablesAreNoObstacleAndCountWhereTheyExist() {
    CatalogueProbe probe = probe();
    assertThat(probe.reads("with x as (select * from book) select * from x")).isEqualTo("book");
    assertThat(probe.reads("with shelf as (select * from book) select * from shelf"))
        .isEqualTo("book shelf");
  }

  @Test
  void systemTablesAreRefused() {
    CatalogueProbe probe = probe("create view rels as select relname from pg_class");
    assertThat(probe.reads("select * from pg_class")).isEqualTo("SYSTEM_TABLE");
    assertThat(probe.reads("select * from pg_catalog.pg_class")).isEqualTo("SYSTEM_TABLE");
    assertThat(probe.reads("select * from information_schema.tables")).isEqualTo("SYSTEM_TABLE");
    assertThat(probe.reads("select * from rels")).isEqualTo("SYSTEM_TABLE");
  }

  @Test
  void viewsAreExpandedToTheirTables() {
    CatalogueProbe probe =
        probe(
            "create view cheap as select b.*, (select count(*) from shelf) n from book b"
                + " where price < 5",
            "create view cheaper as with c as (select * from cheap) select * from c"
                + " where price < 1 or id in (1, 2) or title ~ 'x'");
    assertThat(probe.reads("select * from cheap")).isEqualTo("book shelf");
    assertThat(probe.reads("select * from cheaper")).isEqualTo("book shelf");
  }

  @Test
  void whatPostgresPrintsOfAViewIsUnderstood() {
    List<String> queries =
        List.of(
            "select * from book where title like 'a%' and title not like all (array['b%', 'c'])",
            "select * from book where title ilike 'a%' or title not ilike 'b%' or title ~ 'x'",
            "select * from book where id = any (array[1, 2]) or (id, title) in (select 1, 'a')",
            "select distinct on (title) * from book order by title, price desc nulls last limit 5",
            "select title, sum(price) filter (where id > 1) over (partition by title order by id"
                + " rows between 1 preceding and current row) s from book",
            "select title, id, count(*) from book group by grouping sets ((title), rollup (id))",
            "select b.id, t.tag, t.n from book b, unnest(array['x']) with ordinality t(tag, n)",
            "select b.id, x.c from book b left join lateral (select b.id as c) x on true",
            "with recursive r as (select id from book union all select id + 1 from r where id < 5)"
                + " select * from r",
            "select extract(year from at) y, at at time zone 'UTC' z, at::date d from book",
            "select title collate \"C\" t, (array[1, 2])[1] u from book",
            "select percentile_cont(0.5) within group (order by price) from book",
            "select id from book union select 1 except all select id from book",
            "select substring(title from 'x'), trim(both 'x' from title) t, -id n from book");
    for (int i = 0; i < queries.size(); i++) {
      database.execute("create view v" + i + " as " + queries.get(i));
    }
    CatalogueProbe probe = CatalogueProbe.of(database);
    for (int i = 0; i < queries.size(); i++) {
      assertThat(probe.reads("select * from v" + i)).as(queries.get(i)).isEqualTo("book");
    }
  }

  @Test
  void operatorsOfExtensionsInViewsAreUnderstood() {
    CatalogueProbe probe =
        probe(
            "create extension citext",
            "create extension ltree",
            "create table tree (path ltree, name citext)",
            "create view v as select * from tree where path <@ 'a.b' and name = 'x'");
    assertThat(probe.reads("select * from v")).isEqualTo("tree");
  }

  @Test
  void timesWithAZoneFollowTheDate() {
    CatalogueProbe probe =
        probe("create table hours (t time with time zone)", "create view v as select * from hours");
    assertThat(probe.reads("select * from hours")).isEqualTo("UNTRACKABLE_TABLE");
    assertThat(probe.reads("select * from v")).isEqualTo("UNTRACKABLE_TABLE");
    assertThat(probe.writes("insert into hours values ('12:00+1')")).isEqualTo("hours");
  }

  @Test
  void viewsThatDependOnMoreThanTablesAreRefused() {
    CatalogueProbe probe =
        probe(
            "create view fresh as select * from book where at > now() - interval '1 day'",
            "create view outer_fresh as select * from fresh",
            "create view sampled as select * from book tablesample system (10)",
            "create view any_one as select random() r from book",
            "create view locked as select * from book for update",
            "create view mine as select * from book where title = current_user",
            "create view fixed as select * from book where at > '2020-01-01'",
            "create view today as select * from book where at > ('today'::text)::timestamptz");
    assertThat(probe.reads("select * from fresh")).isEqualTo("NON_DETERMINISTIC_FUNCTION");
    assertThat(probe.reads("select * from outer_fresh")).isEqualTo("NON_DETERMINISTIC_FUNCTION");
    assertThat(probe.reads("select * from sampled")).isEqualTo("NON_DETERMINISTIC_CONSTRUCT");
    assertThat(probe.reads("select * from any_one")).isEqualTo("NON_DETERMINISTIC_FUNCTION");
    assertThat(probe.reads("select * from locked")).isEqualTo("LOCKING_CLAUSE");
    assertThat(probe.reads("select * from mine")).isEqualTo("book");
    assertThat(probe.reads("select * from fixed")).isEqualTo("book");
    assertThat(probe.reads("select * from today")).isEqualTo("CURRENT_TIME_LITERAL");
  }

  @Test
  void customSettingsAreAllowedInViewsAndPoliciesOnly() {
    CatalogueProbe probe =
        probe(
            "create view ours as select * from book where title = current_setting('app.t', true)",
            "create view level as select current_setting('transaction_isolation') from book",
            "create view dynamic as select current_setting('app.' || title) from book");
    assertThat(probe.reads("select * from ours")).isEqualTo("book");
    assertThat(probe.reads("select * from level")).isEqualTo("NON_DETERMINISTIC_FUNCTION");
    assertThat(probe.reads("select * from dynamic")).isEqualTo("NON_DETERMINISTIC_FUNCTION");
    assertThat(probe.reads("select current_setting('app.t') from book"))
        .isEqualTo("NON_DETERMINISTIC_FUNCTION");
  }

  @Test
  void aMaterializedViewIsACellOfItsOwn() {
    CatalogueProbe probe = probe("create materialized view m as select *, now() as n from book");
    assertThat(probe.reads("select * from m")).isEqualTo("m");
  }

  @Test
  void relationsWhoseChangesCannotBeFollowedAreRefused() {
    CatalogueProbe probe =
        probe(
            "create sequence s",
            "create unlogged table u (id int)",
            "create extension postgres_fdw",
            "create server self foreign data wrapper postgres_fdw",
            "create foreign table f (id int) server self",
            "create view over_f as select * from f");
    assertThat(probe.reads("select last_value from s")).isEqualTo("UNTRACKABLE_TABLE");
    assertThat(probe.reads("select * from u")).isEqualTo("UNTRACKABLE_TABLE");
    assertThat(probe.reads("select * from f")).isEqualTo("UNTRACKABLE_TABLE");
    assertThat(probe.reads("select * from over_f")).isEqualTo("UNTRACKABLE_TABLE");
    assertThat(probe.writes("insert into f values (1)")).isEqualTo("everything");
  }

  @Test
  void temporaryTablesCountOnlyWhereNothingElseHasTheName() throws Exception {
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      statement.execute("create temp table book (id int)");
      statement.execute("create temp table scratch (id int)");
      CatalogueProbe probe = CatalogueProbe.of(database, connection, "");
      assertThat(probe.reads("select * from book")).isEqualTo("book");
      assertThat(probe.on().reads("select * from scratch")).isEqualTo("TEMPORARY_TABLE");
    }
  }

  @Test
  void aFamilyHasOneCell() {
    CatalogueProbe probe =
        probe(
            "create table event (id int, day date) partition by range (day)",
            "create table event_old partition of event for values from ('2000-01-01') to"
                + " ('2010-01-01')",
            "create table event_new partition of event for values from ('2010-01-01') to"
                + " ('2030-01-01') partition by range (day)",
            "create table event_2020 partition of event_new for values from ('2020-01-01') to"
                + " ('2021-01-01')",
            "create table a (x int)",
            "create table b (y int)",
            "create table ab () inherits (a, b)",
            "create table c () inherits (b)");
    assertThat(probe.reads("select * from event")).isEqualTo("event");
    assertThat(probe.reads("select * from event_old")).isEqualTo("event");
    assertThat(probe.reads("select * from event_2020")).isEqualTo("event");
    assertThat(probe.writes("insert into event values (1, '2020-02-02')")).isEqualTo("event");
    assertThat(probe.writes("delete from event_2020")).isEqualTo("event");
    assertThat(probe.reads("select * from c")).isEqualTo("a");
    assertThat(probe.writes("insert into ab values (1, 2)")).isEqualTo("a");
    assertThat(
            ((RelationalCatalogue) probe.catalogue()).cells(new TableName("public", "event_2020")))
        .containsExactly(new TableName("public", "event"));
  }

  @Test
  void aFamilyWithAForeignPartitionIsRefused() {
    CatalogueProbe probe =
        probe(
            "create extension postgres_fdw",
            "create server self foreign data wrapper postgres_fdw",
            "create table p (id int) partition by list (id)",
            "create foreign table p1 partition of p for values in (1) server self");
    assertThat(probe.reads("select * from p")).isEqualTo("UNTRACKABLE_TABLE");
  }

  @Test
  void policiesAddTheirTables() {
    CatalogueProbe probe =
        probe(
            "create table tenant (id int, name text)",
            "create table odd (id int)",
            "create table off (id int)",
            "alter table book enable row level security",
            "create policy p on book using (id in (select id from tenant where name = current_user)"
                + " and title = current_setting('app.title'::text, true))",
            "alter table odd enable row level security",
            "create policy q on odd using (id > random())",
            "create policy r on off using (id > random())",
            "create view via as select * from book");
    assertThat(probe.reads("select * from book")).isEqualTo("book tenant");
    assertThat(probe.reads("select * from via")).isEqualTo("book tenant");
    assertThat(probe.reads("select * from odd")).isEqualTo("NON_DETERMINISTIC_FUNCTION");
    assertThat(probe.reads("select * from off")).isEqualTo("off");
  }

  @Test
  void builtInFunctionsAreJudgedByTheirVolatilityAndAList() {
    CatalogueProbe probe = probe();
    for (String good :
        new String[] {
          "upper(title)",
          "count(*)",
          "sum(price) over (partition by title)",
          "coalesce(title, 'a')",
          "to_char(at, 'YYYY')",
          "date_trunc('day', at)",
          "extract(year from at)",
          "cast(id as text)",
          "string_agg(title, ',')",
          "jsonb_build_object('a', id)",
          "array_agg(id)",
          "row_number() over (order by id)",
          "greatest(id, 2)",
          "current_user",
          "substring(title from 1 for 2)",
          "trim(title)",
          "position('a' in title)",
          "at at time zone 'utc'",
          "exists (select 1 from book)",
          "to_tsvector('english', title)",
          "pg_catalog.lower(title)",
          "percentile_cont(0.5) within group (order by id)",
          "format('%s', title)"
        }) {
      assertThat(probe.reads("select " + good + " from book")).as(good).isEqualTo("book");
    }
    for (String bad :
        new String[] {
          "now()",
          "random()",
          "clock_timestamp()",
          "current_date",
          "localtimestamp",
          "nextval('s')",
          "age(at)",
          "pg_sleep(1)",
          "current_setting('x')",
          "gen_random_uuid()",
          "pg_advisory_lock(1)",
          "txid_current()",
          "pg_backend_pid()",
          "has_table_privilege('book', 'select')",
          "nosuch(id)",
          "other.upper(title)"
        }) {
      assertThat(probe.reads("select " + bad + " from book"))
          .as(bad)
          .isEqualTo("NON_DETERMINISTIC_FUNCTION");
    }
  }

  @Test
  void userFunctionsMustBeImmutableOrReadableInEveryOverload() {
    CatalogueProbe probe =
        probe(
            "create function tax(x numeric) returns numeric immutable language sql as"
                + " 'select x * 2'",
            "create function rate(x numeric) returns numeric stable language sql as"
                + " 'select max(id)::numeric from shelf'",
            "create function mixed(x int) returns int immutable language sql as 'select 1'",
            "create function mixed(x text) returns float volatile language sql as 'select"
                + " random()'",
            "create schema app",
            "create function app.upper(text) returns text volatile language sql as"
                + " 'select $1 || now()'",
            "create aggregate total(numeric) (sfunc = numeric_add, stype = numeric)",
            "create function bad_add(numeric, numeric) returns numeric language sql as"
                + " 'select $1 + random()::numeric'",
            "create function plain_add(numeric, numeric) returns numeric language sql as"
                + " 'select $1 + $2'",
            "create aggregate plain_total(numeric) (sfunc = plain_add, stype = numeric)",
            "create aggregate bad_total(numeric) (sfunc = bad_add, stype = numeric)",
            "create view taxed as select public.tax(price) from book");
    assertThat(probe.reads("select tax(price) from book")).isEqualTo("book");
    assertThat(probe.reads("select * from taxed")).isEqualTo("book");
    assertThat(probe.reads("select rate(price) from book")).isEqualTo("book shelf");
    assertThat(probe.reads("select plain_total(price) from book")).isEqualTo("book");
    assertThat(probe.reads("select mixed(1) from book")).isEqualTo("NON_DETERMINISTIC_FUNCTION");
    assertThat(probe.reads("select upper(title) from book")).isEqualTo("book");
    assertThat(probe.on("app", "public").reads("select upper(title) from book"))
        .isEqualTo("NON_DETERMINISTIC_FUNCTION");
    assertThat(probe.on().reads("select upper(title) from public.book"))
        .isEqualTo("NON_DETERMINISTIC_FUNCTION");
    assertThat(probe.reads("select total(price) from book")).isEqualTo("book");
    assertThat(probe.reads("select bad_total(price) from book"))
        .isEqualTo("NON_DETERMINISTIC_FUNCTION");
  }

  @Test
  void declarationsOverrule() {
    database.execute(
        "create function rate(x numeric) returns numeric stable language sql as"
            + " 'select max(id)::numeric from shelf'");
    CatalogueProbe probe = CatalogueProbe.of(database, "rate=reads(public.shelf); now=immutable");
    assertThat(probe.reads("select rate(price) from book")).isEqualTo("book shelf");
    assertThat(probe.reads("select now() from book")).isEqualTo("book");
    assertThat(CatalogueProbe.of(database, "rate=reads(nowhere)").reads("select rate(1)"))
        .isEqualTo("UNKNOWN_TABLE");
  }

  @Test
  void operatorsThatAreNotImmutableCountAgainstEveryQuery() {
    database.execute(
        "create extension pg_trgm", "create extension citext", "create extension hstore");
    assertThat(CatalogueProbe.of(database).reads("select * from book where title % 'x'"))
        .isEqualTo("book");
    database.execute(
        "create function odd(int, int) returns bool stable language sql as 'select true'",
        "create operator <~> (function = odd, leftarg = int, rightarg = int)");
    assertThat(CatalogueProbe.of(database).reads("select * from book"))
        .isEqualTo("OPAQUE_DEFINITION");
    assertThat(CatalogueProbe.of(database, "odd=immutable").reads("select * from book"))
        .isEqualTo("book");
  }

  @Test
  void castsThatAreNotImmutableCountAgainstEveryQuery() {
    CatalogueProbe probe =
        probe(
            "create type pair as (a int, b int)",
            "create function to_pair(int) returns pair stable language sql as"
                + " 'select row($1, $1)::pair'",
            "create cast (int as pair) with function to_pair(int)");
    assertThat(probe.reads("select * from book")).isEqualTo("OPAQUE_DEFINITION");
  }

  @Test
  void aFunctionOfARowCountsAgainstItsTable() {
    CatalogueProbe probe =
        probe(
            "create function full_name(book) returns text stable language sql as"
                + " 'select $1.title || (select count(*) from shelf) || now()'",
            "create view v as select id from shelf",
            "create function pure(shelf) returns int immutable language sql as 'select $1.id'");
    assertThat(probe.reads("select b.full_name from book b"))
        .isEqualTo("NON_DETERMINISTIC_FUNCTION");
    assertThat(probe.reads("select s.pure from shelf s")).isEqualTo("shelf");
  }
}
