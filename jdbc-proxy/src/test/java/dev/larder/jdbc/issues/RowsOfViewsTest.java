package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A query by a column of a view that its table has as it is depends on the table's rows with that
 * value, where the view keeps them apart from others.
 */
final class RowsOfViewsTest {

  private Compared compared;

  @BeforeEach
  void tables(TestDatabase database) {
    database.execute(
        "create table r (id int primary key, b int, stars int, words varchar(20))",
        "create table t (id int primary key, n int)",
        "insert into r values (1, 1, 5, 'a'), (2, 1, 4, 'b'), (3, 2, 3, 'c'), (4, null, 2, 'd'),"
            + " (9, 9, 1, 'z')",
        "insert into t values (1, 10), (2, 20), (9, 90)",
        "create view grouped as select x.b, count(*) as n, sum(x.stars) as stars from r x"
            + " group by x.b",
        "create view plain as select id as k, b as c, stars from r where stars > 1");
    compared = new Compared(database);
  }

  @AfterEach
  void close() {
    compared.close();
  }

  private void views(TestDatabase database, String... definitions) {
    database.execute(definitions);
    compared.close();
    compared = new Compared(database);
  }

  @EachDatabase
  void groupsOfOneValue(TestDatabase database) throws SQLException {
    String one = "select g.n, g.stars from grouped g where g.b = 1";
    keeps(one, "update r set stars = stars + 1 where b = 9");
    keeps(one, "insert into r values (10, 3, 1, 'x')");
    keeps(one, "delete from r where b = 3");
    keeps(one, "update r set b = 4 where b = 2");
    keeps(one, "update r set stars = 2 where b is null and b = 2");
    keeps(one, "update r set words = 'other' where b = 1");
    forgets(one, "update r set stars = stars + 1 where b = 1");
    forgets(one, "insert into r values (12, 1, 1, 'x')");
    forgets(one, "update r set b = 1 where b = 4");
    forgets(one, "update r set b = 5 where b = 1");
    forgets(one, "insert into r values (11, null, 1, 'x')");
    forgets(one, "update r set b = 1 where b is null");
    forgets(one, "update r set b = b - 8 where id = 9");
    forgets(one, "delete from r where id = 9");
    forgets(one, "delete from r");
    forgets(one, "insert into r values (1, 1, 5, 'a')");
  }

  @EachDatabase
  void groupsBesideOtherTables(TestDatabase database) throws SQLException {
    String joined = "select t.n, g.stars from t left join grouped g on g.b = t.id where t.id = 1";
    keeps(joined, "update r set stars = stars + 1 where b = 9");
    forgets(joined, "update r set stars = stars + 1 where b = 1");
    forgets(joined, "update t set n = n + 1 where id = 1");
    forgets("select n, stars from grouped where b > 1", "update r set stars = 7 where b = 2");
    forgets("select b from grouped where stars = 7", "update r set stars = 8 where b = 2");
    // The table is there by its own name as well.
    String twice = "select g.stars, r.id from grouped g, r where g.b = 1 and r.b = 2";
    keeps(twice, "update r set stars = stars + 1 where b = 9");
    forgets(twice, "update r set stars = stars + 1 where b = 1");
    forgets(twice, "insert into r values (20, 2, 2, 'k')");
    forgets(
        "select g.stars, r.id from grouped g, r where g.b = 1 and r.stars < 2 order by 2",
        "update r set id = 90 where b = 9");
    forgets(
        "select g.stars from grouped g where g.b = 1 or exists (select 1 from grouped h where"
            + " h.n > 5)",
        "update r set stars = stars + 1 where b = 9");
  }

  @EachDatabase
  void rowsByOtherNames(TestDatabase database) throws SQLException {
    String one = "select p.k, p.stars from plain p where p.c = 1 order by 1";
    keeps(one, "update r set stars = stars + 1 where b = 9");
    keeps(one, "update r set words = 'other' where b = 1");
    forgets(one, "update r set stars = 1 where id = 1");
    forgets(one, "update r set stars = 2 where id = 1");
    forgets(one, "update r set b = 1 where b = 2");
    String key = "select stars from plain where k = 2";
    keeps(key, "update r set stars = stars + 1 where id = 1");
    forgets(key, "update r set stars = stars + 1 where id = 2");
    // The names that a view gives, the other way round.
    views(database, "create view turned (b, id) as select id, b from r");
    forgets("select id from turned where b = 1", "update r set b = 6 where id = 1");
    keeps("select id from turned where b = 1", "update r set b = 6 where id = 2");
  }

  @EachDatabase
  void whatPutsRowsTogether(TestDatabase database) throws SQLException {
    views(
        database,
        "create view most as select id, b, stars from r order by stars desc, id limit 2",
        "create view ranked as select id, b, rank() over (order by stars) as place from r",
        "create view mixed as select id, b, stars from r union all select 100, n, 1 from t",
        "create view named as select stars as b, count(*) as n from r x group by x.stars",
        "create view total as select count(*) as b, max(id) as id from r",
        "create view joined as select r.b, t.n from r join t on t.id = r.id",
        "create view nested as select b, n, stars from grouped",
        "create view compared as select b, (select max(y.stars) from r y) as highest from r");
    forgets("select id from most where b = 9", "update r set stars = 9 where id = 9");
    forgets(
        "select place from ranked where b = 1 order by 1", "update r set stars = 0 where b = 9");
    forgets("select id from mixed where b = 90 order by 1", "update t set n = 91 where id = 9");
    forgets("select n from named where b = 3", "update r set stars = 3 where b = 9");
    forgets("select id from total where b = 5", "update r set id = 12 where id = 9");
    forgets("select n from joined where b = 1 order by 1", "update t set n = 7 where id = 1");
    forgets("select stars from nested where b = 2", "update r set stars = 13 where b = 2");
    forgets("select highest from compared where b = 2", "update r set stars = 19 where b = 1");
    if (database.product() == Product.POSTGRESQL) {
      views(
          database,
          "create view firsts as select distinct on (stars) id, b, stars from r order by stars, id",
          "create view cubed as select b, count(*) as n from r group by rollup (b)",
          "create view sized as select b, stars from r tablesample bernoulli (100)",
          "create function looks(int) returns int stable language sql as"
              + " 'select max(stars) from r where b <> $1'",
          "create view looking as select b, looks(b) as others from r");
      forgets(
          "select id from firsts where b = 1 order by 1", "update r set stars = 19 where id = 9");
      forgets("select n from cubed where b = 1", "update r set b = 1 where id = 3");
      forgets("select others from looking where b = 2", "update r set stars = 23 where b = 1");
    }
  }

  private void keeps(String query, String write) throws SQLException {
    assertThat(compared.isSpared(query, write)).as("%s after %s", query, write).isTrue();
  }

  private void forgets(String query, String write) throws SQLException {
    assertThat(compared.isSpared(query, write)).as("%s after %s", query, write).isFalse();
  }
}
