package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * Symptom: on MariaDB, {@code select name from book where _rowid = 1} followed no column but {@code
 * name}, and was never forgotten after {@code update book set id = 50 where id = 1}.
 *
 * <p>Each query of a product that reads a table by a name that is none of its columns is asked
 * again after each of a list of changes, and must answer as a direct connection does.
 */
class NamesOfNoColumnTest {

  private static final String[] CHANGES = {
    "update t set id = 50 where id = 1",
    "update t set name = concat(name, '+') where id = 2",
    "update t set id = 1 where id = 50",
    "update t set qty = qty + 1 where id = 2",
    "insert into t (id, name, qty) values (3, 'c', 9)",
    "update t set id = 2 + 5 where name like 'b%'",
    "delete from t where id = 3",
    "update t set id = 2 where id = 7",
    "update u set id = 9 where id = 2",
    "update u set note = concat(note, '.')",
    "update u set id = 2 where id = 9",
  };

  private static final String[] EVERYWHERE = {
    "select name from t where id = 1",
    "select t.name from t where t.id = 1",
    "select t.* from t where id = 2",
    "select name from t natural join u",
    "select name, note from t natural join u where id = 2",
    "select name from t join u using (id)",
    "select note from t join u using (id) where id = 2",
    "select note from t left join u using (id) where id = 1",
    "select name from t name where name.id = 1",
    "select id.name from t id where id.id = 1",
    "select qty as name from t order by name",
    "select name as qty from t order by qty",
    "select name as qty from t group by qty, name having count(*) < 5 order by 1",
    "select name qty from t where qty > 7 order by qty",
    "select x.b from (select id, name as b from t) x where x.id = 2",
    "select b from (select id as a, name as b from t) x where a = 1",
    "select qty from (select * from t) x where id = 2",
    "select (select name) from t where id = 2",
    "select count(*) from t where exists (select 1 from u where u.id = t.id and qty > 7)",
    "select max(id) from t",
    "select name from t order by id desc limit 1",
    "select name from t where (id, qty) = (2, 7)",
    "select name from t where id in (select id from u)",
    "select name from t where id between 1 and 2 order by qty, name",
    "select case id when 1 then name else 'none' end as id from t order by 1",
    "select distinct name from t order by 1",
    "select row_number() over (order by id) as n, name from t",
  };

  @Test
  void postgres() throws SQLException {
    try (TestDatabase database = Databases.postgres()) {
      given(database);
      database.execute(
          "create table r (id int primary key, name text, qty int)",
          "insert into r values (1, 'a', 5), (2, 'b', 7)",
          "create function fullname(r) returns text immutable language sql as"
              + " $$ select $1.name || '#' || $1.id $$",
          "create table p (id int, name text) partition by list (id)",
          "create table p1 partition of p for values in (1)",
          "create table p2 partition of p for values in (2, 3)",
          "insert into p values (1, 'one'), (2, 'two')",
          "create sequence s",
          "create view v as select id as number, name as label from t");
      each(
          database,
          new String[] {
            "update t set name = name where id = 2",
            "update r set id = 8 where id = 2",
            "update r set id = 2 where id = 8",
            "update p set id = 2 where id = 1",
            "update p set id = 1 where name = 'one'",
            "update p2 set name = 'deux'",
            "select nextval('s')",
            "select id from t where id = 2 for update",
            "vacuum full t",
          },
          "select ctid from t where id = 2",
          "select \"ctid\" from t where id = 2",
          "select \"xmin\" from t where id = 2",
          "select \"xmax\" from t where id = 2",
          "select U&\"\\0078max\" from t where id = 2",
          "select \"cmin\", \"cmax\" from t where id = 2",
          "select name from t where \"ctid\" = '(0,1)'",
          "select t.\"ctid\" from t where t.id = 2",
          "select (t).\"ctid\" from t where t.id = 2",
          "select ctid(t) from t where id = 2",
          "select \"ctid\"(t) from t where id = 2",
          "select tableoid::regclass from p where name = 'one'",
          "select \"tableoid\"::\"regclass\"::text from p where name = 'one'",
          "select p.tableoid = 'p1'::\"regclass\" from p where name = 'one'",
          "select t from t where t.id = 1",
          "select \"t\" from t where id = 1",
          "select x from t x where x.id = 1",
          "select t::text from t where id = 2",
          "select (t).name from t where id = 1",
          "select (t).id from t where name like 'b%'",
          "select (t).* from t where id = 2",
          "select r.fullname from r where id = 2",
          "select fullname(r) from r where name like 'b%'",
          "select (r).fullname from r where name like 'b%'",
          "select name(t) from t where id = 1",
          "select t.text from t where id = 2",
          "select row_to_json(t) from t where id = 2",
          "select to_jsonb(x) from (select id, name from t) x",
          "select count(t), count(x.*) from t, t x",
          "select b from t as x(a, b) where a = 1",
          "select qty from t as x(id, qty) where id = 1",
          "select j.id from t join u using (id) as j where j.id = 2",
          "select l.q from t, lateral (select qty as q) l where id = 2",
          "select q from t, lateral (select qty as q) l where t.id = 2",
          "select x from t, lateral (select id as i) x",
          "select name from t where t = row(2, 'b', 7)",
          "select distinct on (qty) name from t order by qty, id",
          "select name from only t where id = 1",
          "select name from p1",
          "select name from p where id = 1",
          "select label from v where number = 1",
          "select v from v where number = 1",
          "select last_value from s",
          "select s.last_value from s",
          "select s from s",
          "table t",
          "select current_schema from t where id = 2",
          "select name, current_date from t where id = 1",
          "select g from generate_series(1, (select max(id) from t)) g",
          "select g.g from t, generate_series(1, qty) g where t.id = 2",
          "select ordinality from t, unnest(array[qty]) with ordinality as x(v) where v > 7",
          "select rank() over w from t window w as (order by qty)",
          "select name from t tablesample system (100)",
          "select name from t fetch first row with ties",
          "select name from t order by qty using >",
          "select string_agg(name, ',' order by id) from t",
          "select x.* from t, json_table(jsonb_build_array(t.qty), '$[*]' columns (q int path '$'))"
              + " x",
          "select rowid from t",
          "select oid from t");
    }
  }

  @Test
  void mariadb() throws SQLException {
    try (TestDatabase database = Databases.mariadb()) {
      given(database);
      database.execute(
          "create table g (id int primary key, name varchar(20) default 'none',"
              + " twice int as (id * 2) virtual, hidden int invisible default 5,"
              + " at timestamp(6) default current_timestamp(6), code int default (id + 1))",
          "insert into g (id, name) values (1, 'one'), (2, 'two')",
          "create table h (id int primary key, name varchar(20)) with system versioning",
          "insert into h values (1, 'one')",
          "create table p (id int primary key, name varchar(20))"
              + " partition by range (id) (partition p0 values less than (10),"
              + " partition p1 values less than maxvalue)",
          "insert into p values (1, 'one'), (20, 'twenty')",
          "create table w (_rowid int, id int primary key, name varchar(20))",
          "insert into w values (7, 1, 'one')",
          "create table m1 (id int, name varchar(20)) engine=myisam",
          "insert into m1 values (1, 'one')",
          "create table m (id int, name varchar(20)) engine=merge union=(m1) insert_method=last",
          "create sequence s",
          "create view v as select id as number, name as label from t",
          "create aggregate function longest(x varchar(20)) returns varchar(20) begin"
              + " declare best varchar(20) default '';"
              + " declare continue handler for not found return best;"
              + " loop fetch group next row; if length(x) > length(best) then set best = x; end if;"
              + " end loop; end");
      each(
          database,
          new String[] {
            "update g set id = 30 where id = 1",
            "update g set name = 'uno' where id = 30",
            "update g set id = 1 where id = 30",
            "update g set hidden = hidden + 1",
            "update h set name = concat(name, '.')",
            "update p set id = 15 where id = 1",
            "update p set id = 1 where id = 15",
            "update w set id = 8 where id = 1",
            "update w set _rowid = _rowid + 1",
            "update m1 set name = concat(name, '.')",
            "select nextval(s)",
            "alter table g alter column name set default 'changed'",
          },
          "select name from t where _rowid = 1",
          "select name from t where `_rowid` = 1",
          "select name from t where t._rowid = 1",
          "select name from t x where x.`_ROWID` = 1",
          "select _rowid from t where name like 'a%'",
          "select name from t where _rowid in (1, 2) order by _rowid",
          "select name from t order by _rowid desc limit 1",
          "select count(_rowid), max(_rowid) from t",
          "select note from u join t on t._rowid = u.id",
          "select name from t where exists (select 1 from u where u._rowid = t._rowid)",
          "select name from t where _rowid = 1 and exists (select _rowid from w)",
          "select name from t where (select max(_rowid) from w) > 0 and _rowid = 1",
          "select name from w where _rowid = 7",
          "select name as _rowid from t where _rowid = 1",
          "select _rowid id from t order by id",
          "select name from g where _rowid = 1",
          "select default(name) from g where id = 2",
          "select default(code) from g where id = 2",
          "select default(qty) from t where id = 2",
          "select values(qty) from t where id = 2",
          "select twice from g where name = 'two'",
          "select twice from g where twice > 2",
          "select hidden from g where name = 'two'",
          "select * from g where hidden > 5",
          "select name from h",
          "select name, row_start from h",
          "select name from h for system_time all",
          "select count(*) from h for system_time all where name like 'one%'",
          "select name from p partition (p0)",
          "select name from p partition (p1) where id > 1",
          "select name from t force index (primary) where id = 1",
          "select name from t ignore index for order by (primary) order by id",
          "select next_not_cached_value from s",
          "select minimum_value, s.cycle_count from s",
          "select * from s",
          "select label from v where number = 1",
          "select name from m where id = 1",
          "select longest(name) from t",
          "select x.q from t, json_table(concat('[', t.qty, ']'), '$[*]' columns (q int path '$'))"
              + " x",
          "select q from t, json_table(concat('[', qty, ']'), '$[*]' columns (q int path '$')) x"
              + " where name like 'b%'",
          "select \"name\" from t where id = 1",
          "select name from t where \"id\" = id",
          "select id from t group by qty, id with rollup",
          "select sum(qty) from t group by name with rollup",
          "select name from t having id = 1",
          "select name from t where id = 1 procedure analyse()",
          "select rownum(), name from t",
          "select rownum from t",
          "select rowid from t",
          "select name from t where true = id",
          "select table_rows >= 0 from information_schema.tables where table_name = 't'",
          "select column_default from information_schema.columns where table_name = 'g'"
              + " and column_name = 'name'",
          "select utc_date, name from t where id = 1",
          "select localtime > '2000-01-01', name from t where id = 2",
          "select unix_timestamp(at) > 0 from g where id = 2",
          "select straight_join name from t, u where t.id = u.id",
          "select sql_no_cache name from t where _rowid = 2",
          "select high_priority name from t where _rowid = 2",
          "select distinctrow name from t where _rowid = 1",
          "select name from t use index () where _rowid = 1");
      neverCached(
          database,
          "select default(at) from g where id = 2",
          "select default(code) from g where id = 2",
          "select previous value for s",
          "select lastval(s)",
          "select name, (@x := id) from t where id = 1",
          "select name from t where id = @x");
    }
  }

  @Test
  void h2() throws SQLException {
    try (TestDatabase database = Databases.h2()) {
      given(database);
      database.execute(
          "create table g (id int primary key, name varchar(20) default 'none',"
              + " twice int generated always as (id * 2), hidden int invisible default 5)",
          "insert into g (id, name) values (1, 'one'), (2, 'two')",
          "create sequence s",
          "create view v as select id as number, name as label from t",
          "create synonym y for t",
          "create linked table l ('', '"
              + database.url()
              + "', '"
              + database.username()
              + "', '"
              + database.password()
              + "', 'T')");
      each(
          database,
          new String[] {
            "update g set id = 30 where id = 1",
            "update g set id = 1 where id = 30",
            "update g set hidden = hidden + 1",
            "select next value for s",
          },
          "select name from t where _rowid_ = 1",
          "select name from t where \"_ROWID_\" = 1",
          "select name from t where `_rowid_` = 1",
          "select name from t where U&\"_\\0052OWID_\" = 1",
          "select name from t where t._rowid_ = 1",
          "select name from t x where x.\"_ROWID_\" = 1",
          "select _rowid_ from t where name like 'a%'",
          "select name from t order by _rowid_ desc limit 1",
          "select note from u join t on t._rowid_ = u.id",
          "select name from t where exists (select 1 from u where u._rowid_ = t._rowid_)",
          "select name as _rowid_ from t where _rowid_ = 1",
          "select name from v where _rowid_ = 1",
          "select name from y where _rowid_ = 1",
          "select name from y where id = 1",
          "select name from t where rownum = 1",
          "select rownum(), name from t",
          "select rowid from t",
          "select name from t, dual where id = 1",
          "select name, x from t, system_range(1, 2) where id = x",
          "select twice from g where name = 'two'",
          "select hidden from g where name = 'two'",
          "select * from g where hidden > 5",
          "select g.* from g where _rowid_ = 1",
          "select default(name) from g",
          "select s.nextval from t",
          "select s.currval from t where id = 2",
          "select base_value from information_schema.sequences where sequence_name = 'S'",
          "select label from v where number = 1",
          "select name from l where id = 1",
          "select name from t use index (primary_key_2) where id = 1",
          "select name from t where (_rowid_, qty) = (1, 7)",
          "select row(id, name) from t where qty > 7",
          "select (row(id, name)).c1 from t where qty > 7",
          "select array_agg(name order by _rowid_) from t",
          "select b from t as x(a, b, c) where a = 1",
          "select qty from t as x(id, qty, name) where id = 1",
          "table t",
          "values (select max(_rowid_) from t)",
          "select x.c1 from t, table(c1 int = t.id) x",
          "select * from table(q int = (select array_agg(id) from t))",
          "select * from unnest((select array_agg(qty) from t))",
          "select current_schema from t where id = 2",
          "select t.name from public.t where public.t.id = 1",
          "select public.t.name from public.t where public.t._rowid_ = 1",
          "select * except (name) from t where id = 1",
          "select t.* except (id) from t where qty > 7",
          "select name from t qualify row_number() over (order by _rowid_) = 1",
          "select name from t fetch first 1 row with ties",
          "select row_count_estimate >= 0 from information_schema.tables where table_name = 'T'",
          "select name from t where interval '1' day > interval '1' hour and _rowid_ = 1",
          "select trim(leading 'x' from name) from t where _rowid_ = 1");
      neverCached(database, "select current value for s", "select name, rownum from t");
    }
  }

  @Test
  void modesOfH2() throws SQLException {
    for (String mode : List.of("Oracle", "DB2", "MSSQLServer", "MySQL", "PostgreSQL", "HSQLDB")) {
      try (TestDatabase database = Databases.h2()) {
        given(database);
        database.execute("set mode " + mode);
        each(
            database,
            new String[0],
            "select name from t where _rowid_ = 1",
            "select name, current date from t where id = 1",
            "select today from t where id = 1",
            "select name from t where rownum = 1",
            "select name from t where rowid = 1",
            "select ctid from t where id = 1",
            "select oid from t",
            "select top 1 name from t order by _rowid_ desc",
            "select name from t with (nolock) where id = 1");
        neverCached(
            database,
            "select current date from t where id = 1",
            "select current timestamp from t where id = 1",
            "select current time from t where id = 1",
            "select sysdate from t where id = 1",
            "select systimestamp from t where id = 1",
            "select today from t where id = 1",
            "select getdate() from t where id = 1");
      }
    }
  }

  private static void given(TestDatabase database) throws SQLException {
    database.execute(
        "create table t (id int primary key, name varchar(40), qty int)",
        "insert into t values (1, 'a', 5), (2, 'b', 7)",
        "create table u (id int primary key, note varchar(40))",
        "insert into u values (2, 'x')");
  }

  /** A table is looked at in so many ways at most; by more queries it is followed as a whole. */
  private static final int AT_ONCE = 6;

  private static void each(TestDatabase database, String[] more, String... own)
      throws SQLException {
    List<String> wrong = new ArrayList<>();
    try (Connection plain = database.dataSource().getConnection()) {
      compare(database, plain, List.of(EVERYWHERE), List.of(CHANGES), wrong);
      List<String> changes = new ArrayList<>(List.of(CHANGES).subList(0, 4));
      changes.addAll(List.of(more));
      compare(database, plain, List.of(own), changes, wrong);
    }
    assertThat(wrong).isEmpty();
  }

  private static void compare(
      TestDatabase database,
      Connection plain,
      List<String> queries,
      List<String> changes,
      List<String> wrong)
      throws SQLException {
    for (int i = 0; i < queries.size(); i += AT_ONCE) {
      List<String> some = queries.subList(i, Math.min(i + AT_ONCE, queries.size()));
      try (LarderDataSource larder = larder(database)) {
        for (String change : changes) {
          for (String query : some) {
            answer(larder, query);
          }
          try (Connection connection = larder.getConnection();
              Statement statement = connection.createStatement()) {
            statement.execute(change);
          }
          for (String query : some) {
            String right = answer(plain, query);
            String got = answer(larder, query);
            if (!got.equals(right)) {
              wrong.add("after " + change + ": " + query + " is " + right + ", not " + got);
            }
          }
        }
      }
    }
  }

  private static void neverCached(TestDatabase database, String... queries) throws SQLException {
    try (LarderDataSource larder = larder(database)) {
      answer(larder, "select name from t where id = 1");
      for (String query : queries) {
        assertThat(larder.explain(query).cached()).as(query).isFalse();
      }
    }
  }

  private static LarderDataSource larder(TestDatabase database) throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    return LarderDataSource.wrap(database.dataSource(), settings);
  }

  private static String answer(DataSource source, String query) throws SQLException {
    try (Connection connection = source.getConnection()) {
      return answer(connection, query);
    }
  }

  /** All rows as text, or the SQLSTATE of the refusal. */
  private static String answer(Connection connection, String query) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      StringBuilder text = new StringBuilder();
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        for (int i = 1; i <= columns; i++) {
          text.append(rows.getString(i)).append(i < columns ? "," : ";");
        }
      }
      return text.toString();
    } catch (SQLException e) {
      return "SQLSTATE " + e.getSQLState();
    }
  }
}
