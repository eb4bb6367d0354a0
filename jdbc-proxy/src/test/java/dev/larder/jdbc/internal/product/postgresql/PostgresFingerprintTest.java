package dev.larder.jdbc.internal.product.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a fingerprint of PostgreSQL's definitions follows, and what leaves it alone. */
class PostgresFingerprintTest {

  private static final List<String> CHANGES =
      List.of(
          "create table author (id int primary key)",
          "alter table book add column price int",
          "alter table book alter column price set default 7",
          "alter table book add constraint positive check (price > 0)",
          "create view cheap as select * from book where price < 10",
          "create or replace view cheap as select * from book where price < 5",
          "alter view cheap set (security_invoker = true)",
          "create materialized view shelf as select * from book",
          "create function twice(n int) returns int language sql as 'select 2 * n'",
          "create or replace function twice(n int) returns int language sql as 'select n + n'",
          "alter function twice(int) immutable",
          "create function touch() returns trigger language plpgsql as 'begin return null; end'",
          "create trigger touched after insert on book execute function touch()",
          "alter table book disable trigger touched",
          "create rule silent as on delete to author do instead nothing",
          "create policy own on book using (id > 0)",
          "alter table book enable row level security",
          "alter policy own on book using (id > 1)",
          "grant select on book to public",
          "grant select (title) on book to pg_monitor",
          "revoke all on book from public",
          "create table sale (id int primary key) partition by range (id)",
          "create table sale_low partition of sale for values from (0) to (9)",
          "alter table sale detach partition sale_low",
          "create domain cents as int check (value >= 0)",
          "create type mood as enum ('sad')",
          "alter type mood add value 'glad'",
          "create schema annex",
          "grant usage on schema annex to public",
          "alter table author set schema annex",
          "create publication few for table book",
          "alter publication few add table sale_low",
          "alter table book replica identity full",
          "create unlogged table scratch (id int)",
          "drop table annex.author");

  private static final List<String> LEAVE_ALONE =
      List.of(
          "insert into book values (2, 'b')",
          "analyze book",
          "vacuum book",
          "create temporary table passing (id int primary key, note text default 'x')",
          "create temporary view glance as select * from book",
          "create index by_title on book (title)",
          "truncate book",
          "vacuum full book",
          "begin",
          "create table undone (id int)",
          "rollback",
          "set work_mem = '5MB'");

  @Test
  void followsDefinitionsAndRightsAlone() throws SQLException {
    try (TestDatabase database = Databases.postgres();
        Connection connection = database.connect();
        Statement statement = connection.createStatement();
        Connection looking = database.connect()) {
      statement.execute("create table book (id int primary key, title text)");
      String before = PostgresFingerprint.of(looking);
      for (String change : CHANGES) {
        statement.execute(change);
        String after = PostgresFingerprint.of(looking);
        assertThat(after).as(change).isNotEqualTo(before);
        before = after;
      }
      for (String harmless : LEAVE_ALONE) {
        statement.execute(harmless);
        assertThat(PostgresFingerprint.of(looking)).as(harmless).isEqualTo(before);
      }
    }
  }
}
