package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Kinds of statements, each with a write to another row, which leaves the answer in memory, and one
 * to a row of the answer, which does not.
 */
final class RowsOfStatementsTest {

  private LarderDataSource larder;
  private DataSource direct;
  private TestDatabase database;

  @BeforeEach
  void tables(TestDatabase database) {
    this.database = database;
    database.execute(
        "create table t (id int primary key, n int, m int, s varchar(20))",
        "create table u (id int primary key, t_id int, s varchar(20))",
        "insert into t values (1, 10, 1, 'a'), (2, 20, 2, 'b'), (3, 30, 3, 'c'), (9, 90, 9, 'z')",
        "insert into u values (1, 1, 'a'), (2, 2, 'b'), (3, 3, 'c'), (4, 1, 'd'), (9, 9, 'z')");
    direct = database.dataSource();
    restart();
  }

  @AfterEach
  void close() {
    larder.close();
  }

  private void restart() {
    if (larder != null) {
      larder.close();
    }
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    settings.setProperty("larder.admission", "always");
    larder = LarderDataSource.wrap(direct, settings);
  }

  private static final String NINE = "update t set s = concat(s, '!') where id = 9";
  private static final String ONE = "update t set s = concat(s, '!') where id = 1";
  private static final String U_NINE = "update u set s = concat(s, '!') where t_id = 9";
  private static final String U_ONE = "update u set s = concat(s, '!') where t_id = 1";

  @EachDatabase
  void alternativesOfOneColumn(TestDatabase database) throws SQLException {
    reads("select id, s from t where id = 1 or id = 2 order by id", NINE, ONE);
    reads("select id, s from t where (id = 1 or id in (2, 3)) and n > 0 order by id", NINE, ONE);
    reads("select id, s from t where id = 1 and n > 5 or 2 = id order by id", NINE, ONE);
    forgets("select id, s from t where id = 2 or n = 10 order by id", ONE);
    forgets("select id, s from t where id = 2 or not id = 2 order by id", ONE);
    forgets(
        "select id, s from t where case when id = 2 or id = 3 then 0 else 1 end = 1 order by id",
        ONE);
  }

  @EachDatabase
  void smallRanges(TestDatabase database) throws SQLException {
    reads("select id, s from t where id between 1 and 3 order by id", NINE, ONE);
    reads("select id, s from t where id >= 1 and id < 4 order by id", NINE, ONE);
    reads("select id, s from t where 0 < id and 2 >= id order by id", NINE, ONE);
    reads("select id, s from t where id > 0 and id <= 3 and n > 5 order by id", NINE, ONE);
    forgets("select id, s from t where id not between 2 and 4 order by id", ONE);
    forgets("select id, s from t where id between 0.5 and 4 order by id", ONE);
    forgets("select id, s from t where id >= 1 order by id", ONE);
    reads(
        "select id, s from t where id = 9",
        "update t set s = concat(s, '?') where id between 1 and 3",
        "update t set s = concat(s, '?') where id between 8 and 10");
    reads(
        "select s from u where id = 9",
        "delete from u where id between 3 and 4",
        "delete from u where id > 7 and id < 10");
  }

  @EachDatabase
  void rangesOfAnyLength(TestDatabase database) throws SQLException {
    reads(
        "select id, s from t where id between 1 and 3000 order by id",
        "insert into t values (50000, 1, 1, 'far'), (60000, 1, 1, 'far')",
        ONE);
    reads(
        "select id, s from t where id > 300000 and id < 1000000 order by id",
        ONE,
        "insert into t values (999999, 1, 1, 'within')");
    reads(
        "select u.s from u join t on t.id = u.t_id where t.id between 5000 and 60000 order by 1",
        ONE,
        "insert into u values (60, 50000, 'within')");
    forgets("select id, s from t where id between 0 and 5000000000 order by id", ONE);
    forgets("select id, s from t where n between 0 and 5000 order by id", ONE);
    String list =
        IntStream.range(0, 100).mapToObj(i -> "" + 10 * i).collect(Collectors.joining(", "));
    reads("select id, s from t where id in (1, " + list + ") order by id", NINE_THOUSAND, ONE);
  }

  private static final String NINE_THOUSAND = "insert into t values (9000, 1, 1, 'far')";

  @EachDatabase
  void commonTables(TestDatabase database) throws SQLException {
    reads("with x as (select id, s from t where id = 1) select s from x", NINE, ONE);
    reads(
        "with x as (select * from t where id in (1, 2)), y as (select * from u where t_id = 1)"
            + " select x.s, y.s from x join y on y.t_id = x.id order by 1, 2",
        NINE,
        ONE);
    reads(
        "with x as (select id from t where id = 2) select u.s from u, x where u.t_id = 1"
            + " order by 1",
        U_NINE,
        U_ONE);
    forgets("with x as (select id, s from t where n > 5) select s from x where id = 1", ONE);
    forgets(
        "with x as (select id from t where id = 2) select t.s from t join x on t.id <> x.id"
            + " order by 1",
        ONE);
    // A name that is a table's as well.
    forgets("with u as (select id, s from t where id in (1, 2)) select s from u order by 1", ONE);
  }

  @EachDatabase
  void queriesWithinQueries(TestDatabase database) throws SQLException {
    reads(
        "select s, (select count(*) from u where u.t_id = t.id) from t where t.id = 1",
        "insert into u values (21, 9, 'x')",
        "insert into u values (22, 1, 'x')");
    reads(
        "select s from t where t.id = 1 and exists (select 1 from u where u.t_id = t.id and u.s ="
            + " 'd')",
        U_NINE,
        "update u set s = 'e' where t_id = 1");
    reads(
        "select s from t x where x.id = 1 and not exists (select 1 from u y where y.t_id = x.id"
            + " and y.s = 'f')",
        U_NINE,
        "update u set s = 'f' where t_id = 1");
    reads(
        "select s from t where exists (select 1 from u where u.id = 1 and u.s <> 'q') order by 1",
        "update u set s = 'y' where id = 9",
        "update u set s = 'q' where id = 1");
    reads(
        "select s from t where id in (select t_id from u where u.id = 2)",
        "update u set t_id = 8 where id = 9",
        "update u set t_id = 1 where id = 2");
    // The inner name hides the outer one.
    forgets(
        "select s from t where t.id = 2 and exists (select 1 from u t where t.t_id = t.id)",
        "update u set t_id = 7 where id = 1");
    forgets(
        "select s from t where t.n = 20 and exists (select 1 from u where u.t_id = t.id)",
        "update u set s = 'k' where t_id = 2");
  }

  @EachDatabase
  void outerJoins(TestDatabase database) throws SQLException {
    reads(
        "select t.s, u.s from u right join t on u.t_id = t.id where t.id = 1 order by 1, 2",
        U_NINE,
        U_ONE);
    reads(
        "select t.s, u.s from t left join u on u.t_id = t.id and u.s <> 'p' where t.id = 1"
            + " order by 1, 2",
        U_NINE,
        "update u set s = 'p' where t_id = 1");
    reads(
        "select t.s, u.s from t left join u on u.t_id = 1 order by 1, 2",
        "update u set s = concat(s, '%') where t_id = 9",
        "update u set s = concat(s, '%') where t_id = 1");
    if (database.product() == Product.POSTGRESQL) {
      reads(
          "select t.s, u.s from t full join u on u.t_id = t.id where t.id = 1 order by 1, 2",
          U_NINE,
          U_ONE);
      forgets(
          "select t.s, u.s from t full join u on u.t_id = t.id and t.id = 1 order by 1, 2", NINE);
    }
  }

  @EachDatabase
  void insertsOfValues(TestDatabase database) throws SQLException {
    String one = "select s from t where n = 10 order by 1";
    reads(one, "insert into t values (31, 40, 1, 'x')", "insert into t values (32, 10, 1, 'x')");
    reads(
        one,
        "insert into t values (33, 40, 1, 'x'), (34, 50, 1, 'x')",
        "insert into t (n, id) values (40, 35), (10, 36)");
    forgets(one, "insert into t values (37, 5 + 5, 1, 'x')");
    String key = "select s from t where id = 1";
    String many = "select count(*) from t where n = 10";
    switch (database.product()) {
      case POSTGRESQL -> {
        String upsert = "insert into t (id, n, s) values (%d, 7, 'up')";
        String update = " on conflict (id) do update set s = excluded.s || 'r'";
        reads(key, upsert.formatted(9) + update, upsert.formatted(1) + update);
        forgets(many, upsert.formatted(1) + " on conflict (id) do update set n = 10");
        forgets(many, upsert.formatted(2) + " on conflict (id) do update set n = excluded.n + 3");
        reads(
            key,
            upsert.formatted(9) + " on conflict (id) do nothing",
            "insert into t (id, n) values (1, 1) on conflict (id) do update set s = 'k'");
        forgets(
            "select s from t where id = 77",
            "insert into t (id, n) values (9, 1) on conflict (id) do update set id = 77");
        forgets(many, "insert into t (id, n) values (41, 10) on conflict do nothing");
        reads(
            key,
            "insert into t (id, n) values (9, 1) on conflict (id) do update set s = t.s || 'w'"
                + " where t.n > 0",
            "insert into t as x (id, n) values (1, 1) on conflict (id) do update set s = x.s || 'w'"
                + " where x.n > 0");
      }
      case MARIADB, MYSQL -> {
        String upsert = "insert into t (id, n, s) values (%d, 7, 'up') on duplicate key update ";
        reads(
            key,
            upsert.formatted(9) + "s = concat(values(s), 'r')",
            upsert.formatted(1) + "s = concat(values(s), 'r')");
        forgets(many, upsert.formatted(1) + "n = 10");
        forgets("select s from t where id = 77", upsert.formatted(9) + "id = 77");
        reads(
            many,
            "insert ignore into t (id, n, s) values (9, 7, 'up')",
            "insert ignore into t (id, n, s) values (44, 10, 'up')");
        database.execute("update t set m = id", "create unique index another on t (m)");
        restart();
        forgets(
            key,
            "insert into t (id, m) values (45, 1) on duplicate key update s = 'by the other key'");
      }
      default -> {}
    }
  }

  @EachDatabase
  void changesByOtherTables(TestDatabase database) throws SQLException {
    if (database.product() != Product.POSTGRESQL) {
      return;
    }
    String one = "select s from t where id = 1";
    reads(
        one,
        "update t set s = t.s || u.s from u where u.t_id = t.id and t.id = 9",
        "update t set s = t.s || u.s from u where u.t_id = t.id and u.t_id = 1");
    forgets(one, "update t set s = t.s || u.s from u where t.n = 10 and u.id = 9");
    reads(
        one,
        "update t x set s = x.s || 'r' where id = 9 returning id",
        "update t x set s = x.s || 'r' where id = 1 returning id");
    reads(
        "select s from u where t_id = 1 order by 1",
        "delete from u using t where u.t_id = t.id and t.id = 3",
        "delete from u using t where t.id = u.t_id and t.n = 10 and t.id = 1");
    forgets(
        "select s from u where t_id = 2 order by 1",
        "delete from u using t where u.t_id = t.id and t.n = 20");
  }

  @EachDatabase
  void aKeyThatIsNotAssignedCascadesNowhere(TestDatabase database) throws SQLException {
    database.execute(
        "create table child (id int primary key, t_id int, s varchar(20), constraint f foreign key"
            + " (t_id) references t (id) on update cascade on delete cascade)",
        "insert into child values (1, 1, 'a'), (9, 9, 'z')");
    restart();
    reads(
        "select t_id from child order by id",
        "update t set s = 'x', n = 3 where id = 9",
        "update t set id = 99 where id = 9");
    forgets("select t_id from child order by id", "delete from t where id = 99");
  }

  @EachDatabase
  void partitions(TestDatabase database) throws SQLException {
    if (database.product() != Product.POSTGRESQL) {
      return;
    }
    database.execute(
        "create table p (id int, region int, s text, primary key (region, id)) partition by list"
            + " (region)",
        "create table p1 partition of p for values in (1)",
        "create table p2 partition of p for values in (2, 3)",
        "insert into p values (1, 1, 'a'), (2, 1, 'b'), (3, 2, 'c'), (9, 2, 'z')");
    restart();
    String one = "select s from p where id = 1 order by 1";
    reads(
        one,
        "update p set s = s || '!' where id = 9",
        "update p set s = s || '!' where id in (1, 3)");
    reads(one, "update p2 set s = s || '!' where id = 9", "update p1 set s = 'x' where id = 1");
    reads(
        one,
        "insert into p values (11, 1, 'k')",
        "insert into p2 (s, id, region) values ('k', 1, 3)");
    reads("select id from p order by id", "update p set s = 'q'", "delete from p where id = 11");
    // A row comes and goes by a column that the query does not name.
    forgets("select s from p1 order by 1", "update p set region = 2 where id = 2");
    reads("select s from p1 where id = 1", "delete from p where id = 9", "delete from p");
    database.execute(
        "create table parent (id int, s text)",
        "create table heir (more int) inherits (parent)",
        "insert into heir values (1, 'a', 1)");
    restart();
    forgets("select s from parent where id = 1", "update heir set s = 'b' where more = 1");
  }

  @EachDatabase
  void triggersThatSetColumnsOfTheRow(TestDatabase database) throws SQLException {
    switch (database.product()) {
      case POSTGRESQL ->
          database.execute(
              "create function touch() returns trigger language plpgsql as"
                  + " 'begin new.m := coalesce(new.m, 0) + 1; return new; end'",
              "create trigger touches before insert or update on t for each row execute function"
                  + " touch()",
              "create table log (id serial, what text)",
              "create function log() returns trigger language plpgsql as"
                  + " 'begin insert into log (what) values (old.s); return null; end'",
              "create trigger logs after update or delete on u for each row execute function"
                  + " log()");
      case MARIADB, MYSQL ->
          database.execute(
              "create trigger touches before update on t for each row"
                  + " set new.m = coalesce(new.m, 0) + 1",
              "create table log (id int auto_increment primary key, what text)",
              "create trigger logs after update on u for each row"
                  + " insert into log (what) values (old.s)");
      default -> {
        return;
      }
    }
    restart();
    reads("select s from t where id = 1", NINE, ONE);
    reads("select n from t order by id", NINE, "update t set n = n + 1 where id = 9");
    forgets("select m from t order by id", NINE);
    forgets("select id from t where m = 10", "update t set n = 0 where m = 9");
    forgets("select s from t where m = 77", "update t set m = 76 where id = 9");
    reads("select s from u where t_id = 1 order by 1", U_NINE, U_ONE);
    forgets("select count(*) from log", U_NINE);
    if (database.product() == Product.POSTGRESQL) {
      forgets("select n from t where m = 6", "insert into t values (60, 6, 5, 'x')");
      database.execute(
          "create or replace function touch() returns trigger language plpgsql as"
              + " 'begin new := row(1000, new.n, new.m, new.s); return new; end'",
          "create or replace function log() returns trigger language plpgsql as"
              + " 'begin if pg_trigger_depth() < 2 then update u set s = s || ''l'' where id = 1;"
              + " end if; return null; end'",
          "delete from t where id = 9");
      restart();
      forgets("select n from t where id = 1000", "insert into t values (61, 6, 5, 'x')");
      forgets("select s from u where t_id = 1 order by 1", U_NINE);
      database.execute(
          "create table k (id int primary key, n int)",
          "create table child (id int, constraint f foreign key (id) references k (id) on update"
              + " cascade)",
          "create function shift() returns trigger language plpgsql as"
              + " 'begin new.id := new.id + 1; return new; end'",
          "create trigger shifts before update on k for each row execute function shift()",
          "insert into k values (1, 1)",
          "insert into child values (1)");
      restart();
      forgets("select id from child", "update k set n = 2");
    }
  }

  private void reads(String query, String spared, String forgotten) throws SQLException {
    assertThat(staysAfter(query, spared)).as("%s after %s", query, spared).isTrue();
    forgets(query, forgotten);
  }

  private void forgets(String query, String write) throws SQLException {
    assertThat(staysAfter(query, write)).as("%s after %s", query, write).isFalse();
  }

  private boolean staysAfter(String query, String write) throws SQLException {
    rows(larder, query);
    long warm = larder.statistics().hits();
    rows(larder, query);
    assertThat(larder.statistics().hits()).as("%s is kept", query).isEqualTo(warm + 1);
    try (Connection connection = larder.getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(statement.execute(write)).isEqualTo(write.endsWith("returning id"));
    }
    long hits = larder.statistics().hits();
    List<List<Object>> rows = rows(larder, query);
    assertThat(rows).as("%s after %s", query, write).isEqualTo(rows(direct, query));
    return larder.statistics().hits() > hits;
  }

  private static List<List<Object>> rows(DataSource from, String query) throws SQLException {
    try (Connection connection = from.getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      List<List<Object>> rows = new ArrayList<>();
      while (result.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getObject(i));
        }
        rows.add(row);
      }
      return rows;
    }
  }
}
