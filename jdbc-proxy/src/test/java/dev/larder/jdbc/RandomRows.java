package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Random queries after each of many random writes: every answer must be the database's own. Used by
 * one thread.
 *
 * <p>{@code -Dlarder.test.seed=N} replays a run.
 */
public final class RandomRows {

  /** In each, # stands for a small number and $ for a short text, as a literal or a parameter. */
  private static final List<String> READS =
      List.of(
          "select * from t where a = #",
          "select b, c from t where a = #",
          "select a, d from t where b = # order by a",
          "select a, b from t where # = b and d > # order by a",
          "select b, c from t where a = #",
          "select * from t where a = # and b < #",
          "select count(*), sum(d) from t where b in (#, #)",
          "select c, count(*) from t group by c order by c",
          "select a from t where c = $ order by a",
          "select a from t where (b = # and c = $) order by a",
          "select a from t where b = # or d = # order by a",
          "select a from t where not b = # order by a",
          "select a from t where d between # and b and b = # order by a",
          "select t.a, u.c from t join u on u.t = t.a where t.a = # order by 1, 2",
          "select t.a, u.c from t, u where u.t = t.a and u.a = # order by 1, 2",
          "select t.a, u.a from t left join u on u.t = t.a where t.b = # order by 1, 2",
          "select t.a, u.a from t left join u on u.t = t.a where u.t = # order by 1, 2",
          "select t.a, u.a from t left join u on u.t = t.a and u.a = # order by 1, 2",
          "select u.a, t.c from t right join u on u.t = t.a where u.t = # order by 1, 2",
          "select b, u.c from t, u where u.t = t.a and b = # order by 1, 2",
          "select d, u.a from t left join u on u.t = b where d = # order by 1, 2",
          "select b, u.c from t, u where u.t = b and u.t = # order by 1, 2",
          "select t.b, u.c from t, u where u.t = t.a and t = # order by 1, 2",
          "select b from t x where exists"
              + " (select 1 from t y, u where u.t = y.a and y.d = # and b = u.a) order by 1",
          "select x.a, y.a from t x join t y on x.a = y.b where x.a = # order by 1, 2",
          "select a from t where a in (select t from u where a = #) order by a",
          "select a, (select count(*) from u where u.t = t.a) from t where a = #",
          "select a from t where a = # union select t from u where a = # order by 1",
          "select v.a from (select a, b from t where b = #) v join u on u.t = v.a order by 1",
          "select d from w where a = #",
          "select t.a, w.d from t, w where t.a = # and w.a = # order by 1, 2",
          "select distinct c from t where b = # order by c",
          "select max(d) from t where a = # and b = #",
          "select case when b = # and d = # then c end from t where a = # order by 1",
          "select a, b from t where b = d and b = # order by a",
          "select a, c, d from t where b = # order by c, a limit 2",
          "select * from t where b = # order by a",
          "select t.d, t.a from t order by t.c, t.a limit 3",
          "select a, c from t where d > # order by a",
          "select a, d from t where c = $ order by 2, 1",
          "select a from t order by a",
          "select n, d from g where b = #",
          "select t.a, g.d from t left join g on g.b = t.b where t.b = # order by 1, 2",
          "select g.n, t.c from g, t where g.b = # and t.a = # order by 1, 2",
          "select k, d from o where b = # order by 1",
          "select k from m where b = # order by 1",
          "select b from m where k = #",
          "select a, b from v order by 1, 2",
          "select d from k where a = #",
          "select b from v where a = # order by 1",
          "select d from h where a = #",
          "select d from i where a = # order by 1",
          "select a, d from i where b = # order by 1, 2",
          "select h.d, i.d from h left join i on i.a = h.a where h.a = # order by 1, 2",
          "select a from j where b = # order by 1",
          "select b from j where a = # order by 1",
          "select count(*), sum(d) from e where a = #",
          "select a, d from e where b = # order by 1, 2",
          "select d from q where a = # order by 1",
          "select d from q where a is null order by 1",
          "select * from z where a = #",
          "select d, b, a from z where a = #",
          "select d from z where a = #",
          "select * from z where b = #",
          "select a, b, d from z where d = # order by a",
          "select a, b, d from z where b > # order by a",
          "select a, c from t where b = # or b in (#, #) order by a",
          "select a, c from t where (b = # and d = #) or (b = # and c = $) order by a",
          "select a, d from t where a between # and # order by a",
          "select a, d from t where b >= # and # > b order by a",
          "select a, d from t where a between # and 90 order by a",
          "select a, c from t where b > # and b < 1000000 order by a",
          "select t.a, u.c from t, u where u.t = t.a and u.a between # and 400 order by 1, 2",
          "select count(*), sum(d) from e where a between -90 and #",
          "with x as (select a, c from t where b = #) select c from x order by 1",
          "with x as (select * from t where a = #), y as (select t as k, c from u where t = #)"
              + " select x.d, y.c from x left join y on y.k = x.b order by 1, 2",
          "with u as (select a, c from t where b = #) select a, c from u where a > # order by 1",
          "select c from t where t.a = # and exists"
              + " (select 1 from u, t x where u.t = x.b and x.d = t.b)",
          "select c, (select count(*) from u, n t where u.t = t.a) from t where t.a = #",
          "select b from t where t.a = # and exists"
              + " (select 1 from u where u.t = t.a and u.c <> $)",
          "select b from t x where x.b = # and not exists"
              + " (select 1 from u where u.t = x.b and u.a = #) order by 1",
          "select x.a, (select max(d) from t where t.b = x.a and t.a = #) from t x where x.a = #",
          "select x.a from t x where x.a = # and x.d in"
              + " (select y.d from t y where y.b = x.a and exists"
              + " (select 1 from u where u.t = x.a and u.a = y.a))",
          "select x.a, y.a, u.a from t x cross join t y left join u on u.t = x.a and u.a = y.b"
              + " where x.a = # order by 1, 2, 3",
          "select x.a, y.a, u.a from t x cross join t y left join u on x.a = y.b where x.a = #"
              + " order by 1, 2, 3",
          "select t.a, u.a from u right join t on u.t = t.a where t.a = # order by 1, 2",
          "select t.a, u.a from u right join t on u.t = t.a and t.b = # and u.a = #"
              + " order by 1, 2",
          "select t.a, u.a from t left join u on u.t = t.b and t.b = # order by 1, 2",
          "select x.a, u.a, y.b from t x left join u on u.t = x.a join t y on y.a = u.a"
              + " where x.b = # order by 1, 2, 3",
          "select x.a, u.a, y.b from t x left join u on u.t = x.a left join t y on y.a = u.a"
              + " where y.a = # order by 1, 2, 3",
          "select x.a, u.a, y.b from t x left join u on u.t = # left join t y on y.b = u.t"
              + " and y.d = x.d where x.a = # order by 1, 2, 3");

  /** Of PostgreSQL and others that know them. */
  private static final List<String> FULL_JOINS =
      List.of(
          "select t.a, u.a from t full join u on u.t = t.a where t.a = # order by 1, 2",
          "select t.a, u.a from t full join u on u.t = t.a where u.t = # order by 1, 2",
          "select t.a, u.a from t full join u on u.t = t.a and t.a = # order by 1, 2",
          "select t.a, u.a, x.a from t full join u on u.t = t.b and u.a = # left join t x"
              + " on x.b = u.t where t.b = # order by 1, 2, 3");

  private static final List<String> POSTGRES_WRITES =
      List.of(
          "insert into t (a, b, c) values (#, #, $) on conflict (a) do update set c = excluded.c",
          "insert into t (a, b, c) values (#, #, $), (9, #, $) on conflict (a) do update"
              + " set b = excluded.b, d = #",
          "insert into t (a, b, c) values (#, #, $) on conflict (a) do nothing",
          "insert into t (a, b, c) values (# + 1, # + 1, $) on conflict (a) do nothing",
          "insert into t values (#, #, $, #) on conflict (a) do update set d = t.d + 1"
              + " where t.b > #",
          "update t set d = u.a from u where u.t = t.a and t.a = #",
          "update t set c = u.c from u left join w on w.a = u.a where u.t = t.b and u.t = #",
          "delete from t using u where u.a = t.a and u.a = #",
          "delete from u using t x where x.a = u.t and x.b = # and u.a = #",
          "update p set b = # where a = #",
          "update p set b = # where b = #",
          "update p set c = $ where b = #",
          "update p1 set c = $ where a = #",
          "delete from p where a between # and #",
          "insert into p values (#, #, $)",
          "with x as (update u set c = $ where a = # returning t)"
              + " update t set d = d + 1 where b = # and d = #",
          "delete from l where a = #",
          "delete from l where t = #");

  private static final List<String> POSTGRES_READS =
      List.of(
          "select t, c from l where a = # order by 1, 2",
          "select a, c from l where t = # order by 1, 2",
          "select * from p where a = # order by 1, 2, 3",
          "select a, c from p where b = # order by 1, 2",
          "select a from p order by 1",
          "select c from p1 where a = # order by 1",
          "select a from p1 order by 1",
          "select p.c, u.c from p, u where u.t = p.a and u.t = # order by 1, 2");

  private static final List<String> MARIADB_WRITES =
      List.of(
          "insert into t (a, b, c) values (#, #, $) on duplicate key update c = values(c)",
          "insert into t (a, b, c) values (#, #, $), (#, #, $) on duplicate key update b = #",
          "insert into t values (#, #, $, #) on duplicate key update b = b + 1, d = #",
          "insert ignore into t (a, b, c) values (#, #, $)",
          "insert ignore into t (a, b, c) values (# + 1, # + 1, $)",
          "insert into u values (#, #, $) on duplicate key update c = $");

  private static final List<String> WRITES =
      List.of(
          "update t set c = $ where a = #",
          "update t set d = # where b = #",
          "update t set d = # where a = #",
          "update t set c = $, d = # where a in (#, #)",
          "update t set b = # where a = #",
          "update t set b = # where b = #",
          "update t set b = b + 1 where a = #",
          "update t set b = #, c = $ where c = $",
          "update t set d = d + 1",
          "update t set c = $ where b = # or a = #",
          "update t set c = $ where a in (#, #)",
          "update t set d = # where a in (select t from u where a = #)",
          "update t set d = case when b = # then # else d end where c = $",
          "delete from t where a = #",
          "delete from t where b = # and c = $",
          "delete from u where t = #",
          "insert into u (a, t, c) values (#, #, $)",
          "insert into u (a, t, c) values (#, #, $), (#, # + 1, $)",
          "insert into u select #, #, 'copied'",
          "update u set t = # where a = #",
          "update u set c = $ where t = #",
          "update u set a = # where c = $",
          "insert into u values (#, #, $)",
          "insert into u values (#, #, $), (#, #, null)",
          "update t set d = # where a between # and #",
          "update t set b = # where b >= # and b < #",
          "update t set c = $ where a = # or a = #",
          "update z set d = # where b = #",
          "update z set d = d + 1 where b in (#, #)",
          "update z set d = # where a = #",
          "update z set b = b + 5 where b = # and b < 5",
          "update z set b = case when b < 5 then b + 5 else b - 5 end, d = # where a = #",
          "update z set b = a, d = # where a = #",
          "update z set a = b, d = # where b = #",
          "update z set a = a + 5 where b = # and a < 5",
          "update z set a = case when a < 5 then a else a - 5 end",
          "delete from z where b = #",
          "insert into z (d, a, b) select #, a, a from n where not exists"
              + " (select 1 from z where z.a in (n.a, n.a + 5) or z.b in (n.a, n.a + 5))",
          "update k set d = # where a = #",
          "update k set a = a + 10 where a = #",
          "delete from h where a = #",
          "delete from h where a between # and #",
          "delete from h where d = #",
          "delete from j where b = #",
          "delete from j where a = # and b = #",
          "insert into h (d, a) select #, a from n where a not in (select a from h)",
          "insert into i (d, a, b) select #, x.a, y.a from h x, h y where x.a = # and y.a = #",
          "insert into i (d, a, b) select #, x.a, x.a from h x",
          "insert into j (a, b) select x.a, n.a from h x, n where x.d < # and not exists"
              + " (select 1 from j y where y.a = x.a and y.b = n.a)",
          "insert into e (d, a, b) select #, a, b from j where a = #",
          "insert into q (d, a) select #, a from h",
          "delete from u where t = # or (t = # and c = $)");

  /** Of products with arrays: an at sign is an array of numbers, a percent sign one of texts. */
  private static final List<String> READS_BY_ARRAYS =
      List.of(
          "select c from t where a = any(@) order by a",
          "select count(*), sum(d) from t where b = any(@)",
          "select a, d from t where c = any(%) and b = # order by a",
          "select t.a, u.a from t join u on u.t = t.a where u.t = any(@) order by 1, 2",
          "select a from t where a <> all(@) order by a",
          "select a, b from t where a = any(@) or b = # order by a");

  private static final List<String> WRITES_BY_ARRAYS =
      List.of(
          "update t set d = # where a = any(@)",
          "update t set b = # where b = any(@)",
          "update t set c = $ where c = any(%)",
          "delete from t where a = any(@)",
          "update u set c = $ where t = some(@)");

  private static final int TEXTS = 30;
  private static final int NUMBERS = 5;

  private final TestDatabase database;
  private final @Nullable LarderDataSource larder;
  private final Runnable heard;

  /**
   * @param larder of which the hits are counted, or null
   * @param heard waits until what was written is known to {@code larder}
   */
  public RandomRows(TestDatabase database, @Nullable LarderDataSource larder, Runnable heard) {
    this.database = database;
    this.larder = larder;
    this.heard = heard;
  }

  /**
   * Runs that many rounds.
   *
   * @param written where writes go
   * @param cached a connection of {@code larder}, where queries go
   */
  public void run(Connection written, Connection cached, int rounds) throws SQLException {
    long seed = Long.getLong("larder.test.seed", System.nanoTime());
    Random random = new Random(seed);
    try (Connection direct = database.dataSource().getConnection()) {
      database.execute(
          "create table t (a int primary key, b int, c varchar(10), d int)",
          "create table u (a int, t int, c varchar(10))",
          "create view w as select a, b + d as d from t where b > 1",
          "create view g as select b, count(*) as n, sum(d) as d from t group by b",
          "create view o as select a as k, b, d from t where d > 1",
          "create view m as select a as k, b from t order by d, a limit 2",
          "create table n (a int)",
          "insert into n values (0), (1), (2), (3), (4)",
          // In each row a and b are one number, or five apart: no two rows can meet.
          "create table z (a int primary key, b int not null unique, d int)",
          "insert into z select a, a, 0 from n",
          "create table k (a int primary key, d int)",
          "create table v (a int, b int, foreign key (a) references k (a) on update cascade)",
          "insert into k values (1, 0), (2, 0), (3, 0)",
          "insert into v values (1, 1), (2, 1), (3, 2)",
          "create table h (a int primary key, d int)",
          "create table i (a int, b int, d int,"
              + " foreign key (a) references h (a) on delete cascade,"
              + " foreign key (b) references h (a) on delete cascade)",
          "create table j (a int, b int, primary key (b, a),"
              + " foreign key (a) references h (a) on delete cascade)",
          "create table e (a int, b int, d int,"
              + " foreign key (b, a) references j (b, a) on delete cascade)",
          "create table q (a int, d int, foreign key (a) references h (a) on delete set null)");
      List<String> reads = new ArrayList<>(READS);
      List<String> writes = new ArrayList<>(WRITES);
      triggers();
      if (database.product() == Product.POSTGRESQL) {
        reads.addAll(FULL_JOINS);
        reads.addAll(POSTGRES_READS);
        writes.addAll(POSTGRES_WRITES);
      } else if (database.product().speaksMySql()) {
        writes.addAll(MARIADB_WRITES);
      }
      if (!database.product().speaksMySql()) {
        reads.addAll(READS_BY_ARRAYS);
        writes.addAll(WRITES_BY_ARRAYS);
      }
      List<Text> asked = new ArrayList<>();
      for (int i = 0; i < rounds; i++) {
        ask(random, reads, asked);
        Text write = text(random, writes);
        boolean together = written == cached && random.nextInt(3) == 0;
        if (together) {
          inTransaction(cached, random, List.of(write, text(random, writes)), asked, seed);
        } else {
          write.update(written);
        }
        insertMissing(written, random);
        heard.run();
        for (Text text : asked) {
          assertThat(text.rows(cached))
              .as("seed %d, round %d: %s after %s", seed, i, text, write)
              .isEqualTo(text.rows(direct));
        }
      }
      if (larder == null) {
        return;
      }
      long hits = larder.statistics().hits();
      System.out.printf(
          "%s: seed %d, %d writes, each followed by %d reads, %d of them hits%n",
          database.product(), seed, rounds, TEXTS, hits);
      assertThat(larder.statistics().failures()).isZero();
      assertThat(hits).as("seed %d", seed).isGreaterThan(rounds);
    }
  }

  /** Triggers that set a column of the row, where the product's can be read; and partitions. */
  private void triggers() {
    switch (database.product()) {
      case POSTGRESQL ->
          database.execute(
              "create function setd() returns trigger language plpgsql as"
                  + " 'begin new.d := coalesce(new.b, 0) + 1; return new; end'",
              "create trigger sets before update on t for each row when (new.c = ''x1'')"
                      .replace("''", "'")
                  + " execute function setd()",
              "create table l (a int, t int, c text)",
              "create function logs() returns trigger language plpgsql as 'begin if new.c = ''x2''"
                  + " then new.t := 0; end if; insert into l values (new.a, new.t, new.c); return"
                  + " null; end'",
              "create trigger logs after insert or update on u for each row execute function"
                  + " logs()",
              "create function marks() returns trigger language plpgsql as"
                  + " 'begin update q set d = d + 1 where a = old.b; return null; end'",
              "create trigger marks after delete on j for each row execute function marks()",
              "create table p (a int, b int, c varchar(10)) partition by range (b)",
              "create table p1 partition of p for values from (0) to (2)",
              "create table p2 partition of p for values from (2) to (maxvalue)");
      case MARIADB, MYSQL ->
          database.execute(
              "create trigger sets before update on t for each row"
                  + " set new.d = if(new.c = 'x1', coalesce(new.b, 0) + 1, new.d)");
      default -> {}
    }
  }

  /** A transaction reads what it has written, and all else as everybody does. */
  private static void inTransaction(
      Connection connection, Random random, List<Text> writes, List<Text> asked, long seed)
      throws SQLException {
    connection.setAutoCommit(false);
    for (Text write : writes) {
      write.update(connection);
      for (Text text : asked) {
        assertThat(text.rows(connection))
            .as("seed %d: %s, within a transaction, after %s of %s", seed, text, write, writes)
            .isEqualTo(text.fromDatabase().rows(connection));
      }
    }
    if (random.nextInt(3) == 0) {
      connection.rollback();
    } else {
      connection.commit();
    }
    connection.setAutoCommit(true);
  }

  /** Keeps the table from running empty. */
  private static void insertMissing(Connection connection, Random random) throws SQLException {
    int key = random.nextInt(NUMBERS);
    try (PreparedStatement known = connection.prepareStatement("select a from t where a = ?")) {
      known.setInt(1, key);
      try (ResultSet row = known.executeQuery()) {
        if (row.next()) {
          return;
        }
      }
    }
    try (PreparedStatement insert =
        connection.prepareStatement("insert into t (a, b, c, d) values (?, ?, ?, ?)")) {
      insert.setInt(1, key);
      insert.setLong(2, random.nextInt(NUMBERS));
      insert.setString(3, "x" + random.nextInt(3));
      insert.setInt(4, random.nextInt(NUMBERS));
      insert.executeUpdate();
    }
  }

  /** Puts a new query in the place of one that was asked before. */
  private static void ask(Random random, List<String> reads, List<Text> asked) {
    while (asked.size() < TEXTS) {
      asked.add(text(random, reads));
    }
    asked.set(random.nextInt(TEXTS), text(random, reads));
  }

  private static Text text(Random random, List<String> templates) {
    String template = templates.get(random.nextInt(templates.size()));
    boolean literals = random.nextBoolean();
    StringBuilder sql = new StringBuilder();
    List<Object> parameters = new ArrayList<>();
    for (char c : template.toCharArray()) {
      if (c == '@' || c == '%') {
        sql.append('?');
        parameters.add(array(random, c));
        continue;
      }
      if (c != '#' && c != '$') {
        sql.append(c);
        continue;
      }
      Object value = c == '#' ? (Object) random.nextInt(NUMBERS) : "x" + random.nextInt(3);
      boolean typed =
          template.contains("select #")
              || template.contains("+ 1,")
              || template.contains("on u.t = # ");
      if (literals || typed) {
        sql.append(value instanceof String ? "'" + value + "'" : value);
      } else {
        sql.append('?');
        parameters.add(c == '#' && random.nextInt(3) == 0 ? (Object) (long) (int) value : value);
      }
    }
    return new Text(sql.toString(), parameters);
  }

  /** Of up to three elements, one of them null at times. */
  private static Object[] array(Random random, char kind) {
    int length = random.nextInt(4);
    Object[] array =
        kind == '%'
            ? new String[length]
            : random.nextBoolean() ? new Integer[length] : new Long[length];
    for (int i = 0; i < length; i++) {
      int number = random.nextInt(NUMBERS);
      if (random.nextInt(10) == 0) {
        array[i] = null;
      } else if (array instanceof String[]) {
        array[i] = "x" + number;
      } else if (array instanceof Integer[]) {
        array[i] = number;
      } else {
        array[i] = (long) number;
      }
    }
    return array;
  }

  private record Text(String sql, List<Object> parameters) {

    Text fromDatabase() {
      return new Text("/* larder(bypass) */ " + sql, parameters);
    }

    List<List<Object>> rows(Connection connection) throws SQLException {
      try (PreparedStatement statement = prepared(connection);
          ResultSet result = statement.executeQuery()) {
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

    void update(Connection connection) throws SQLException {
      try (PreparedStatement statement = prepared(connection)) {
        assertThat(statement.executeUpdate()).isNotNegative();
      }
    }

    private PreparedStatement prepared(Connection connection) throws SQLException {
      PreparedStatement statement = connection.prepareStatement(sql);
      for (int i = 0; i < parameters.size(); i++) {
        statement.setObject(i + 1, parameters.get(i));
      }
      return statement;
    }
  }
}
