package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.h2.api.Interval;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.postgresql.geometric.PGpoint;
import org.postgresql.util.PGInterval;
import org.postgresql.util.PGobject;

/**
 * Symptom: no answer was kept that had a column of points, of key-value pairs, of rows or of arrays
 * of ranges, and none to a query with an object of the driver's among its parameters.
 */
class ObjectsOfTheDriverTest {

  private static final Map<Product, List<String>> COLUMNS =
      Map.of(
          Product.POSTGRESQL,
          List.of(
              "hstore 'a=>1, b=>NULL'",
              "point '(1,2.5)'",
              "box '(1,2),(0,0)'",
              "line '{1,2,3}'",
              "lseg '[(1,2),(3,4)]'",
              "circle '<(1,2),3>'",
              "polygon '((0,0),(1,1),(1,0))'",
              "pair row(1, 'x')",
              "int4range '[1,5)'",
              "int4multirange '{[1,2),[5,7)}'",
              "interval '1 day 2 hours'",
              "jsonb '{\"a\":1}'",
              "inet '10.0.0.1'",
              "varbit '101'",
              "pair[] array[row(1, 'x')::pair]",
              "int4range[] array['[1,2)'::int4range, null]",
              "jsonb[] array['1'::jsonb]",
              "positive[] '{1,2}'",
              "point[] array[point '(1,2)']"),
          Product.MARIADB,
          List.of(
              "inet6 '::1'",
              "inet4 '10.0.0.1'",
              "uuid 'f47ac10b-58cc-4372-a567-0e02b2c3d479'",
              "point PointFromText('POINT(1 2.5)')",
              "polygon ST_GeomFromText('POLYGON((0 0,1 1,1 0,0 0))')",
              "geometry ST_GeomFromText('LINESTRING(0 0,1 1)')",
              "bit(12) b'101'",
              "set('a','b') 'a,b'"),
          Product.H2,
          List.of(
              "geometry 'POINT (1 2)'",
              "interval_day_to_second INTERVAL '1 02:03:04.5' DAY TO SECOND",
              "geometry_array ARRAY[GEOMETRY 'POINT (1 2)', NULL]",
              "interval_day_array ARRAY[INTERVAL '3' DAY]",
              "json JSON '{\"a\": 1}'"));

  private LarderDataSource larder;

  private interface Setting {
    void run(PreparedStatement statement) throws SQLException;
  }

  @BeforeEach
  void table(TestDatabase database) {
    if (database.product() == Product.POSTGRESQL) {
      database.execute(
          "create extension if not exists hstore",
          "create type pair as (a int, b text)",
          "create domain positive as int check (value > 0)");
    }
    StringBuilder columns = new StringBuilder();
    StringBuilder values = new StringBuilder();
    List<String> all = COLUMNS.getOrDefault(database.product(), List.of());
    for (int i = 0; i < all.size(); i++) {
      String[] parts = all.get(i).split(" ", 2);
      String type = database.product() == Product.H2 ? parts[0].replace('_', ' ') : parts[0];
      columns.append(", c").append(i).append(' ').append(type);
      values.append(", ").append(parts[1]);
    }
    database.execute(
        "create table thing (id int primary key" + columns + ")",
        "insert into thing values (1" + values + ")",
        "insert into thing (id) values (2)");
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    settings.setProperty("larder.admission", "always");
    larder = LarderDataSource.wrap(database.dataSource(), settings);
  }

  @AfterEach
  void close() {
    larder.close();
  }

  @EachDatabase
  void theyAreAnsweredFromMemoryAsTheDriverAnswers(TestDatabase database) throws SQLException {
    String sql = "select * from thing order by id";
    List<String> expected = answer(database.dataSource(), sql);
    for (int time = 0; time < 7; time++) {
      assertThat(answer(larder, sql)).isEqualTo(expected);
      assertThat(larder.statistics().hits())
          .as("time %s: %s", time, larder.statistics().bypasses())
          .isEqualTo(time);
    }
    try (Connection c = larder.getConnection();
        PreparedStatement write = c.prepareStatement("delete from thing where id = 2")) {
      write.executeUpdate();
    }
    assertThat(answer(larder, sql)).isEqualTo(answer(database.dataSource(), sql));
  }

  /** What one caller does to an object of its own no other sees. */
  @EachDatabase
  void eachCallerHasObjectsOfItsOwn(TestDatabase database) throws SQLException {
    assumeTrue(database.product() == Product.POSTGRESQL, "objects that can be changed");
    String sql = "select c0, c1, c7, c15 from thing where id = 1";
    List<String> expected = answer(database.dataSource(), sql);
    for (int time = 0; time < 3; time++) {
      try (Connection c = larder.getConnection();
          PreparedStatement query = c.prepareStatement(sql);
          ResultSet rows = query.executeQuery()) {
        assertThat(rows.next()).isTrue();
        @SuppressWarnings("unchecked")
        Map<String, String> pairs = (Map<String, String>) rows.getObject(1);
        pairs.put("other", "value");
        ((PGpoint) rows.getObject(2)).x = 7;
        ((PGobject) rows.getObject(3)).setValue("(7,y)");
        Object[] ranges = (Object[]) ((Array) rows.getObject(4)).getArray();
        ((PGobject) ranges[0]).setValue("empty");
      }
      assertThat(answer(larder, sql)).isEqualTo(expected);
    }
    assertThat(larder.statistics().hits()).isEqualTo(5);
  }

  private static PGobject object(String type, @Nullable String value) throws SQLException {
    PGobject object = new PGobject();
    object.setType(type);
    object.setValue(value);
    return object;
  }

  /** Of an application's own. */
  public static final class Money extends PGobject {
    private static final long serialVersionUID = 1L;

    public Money() {
      type = "numeric";
    }
  }

  @EachDatabase
  void parametersAreComparedByWhatIsSent(TestDatabase database) throws SQLException {
    assumeTrue(database.product() == Product.POSTGRESQL, "objects of pgjdbc");
    String sql =
        "select pg_typeof(x)::text, x::text, count(*) from (select ? as x from thing) t"
            + " group by 1, 2";
    Money money = new Money();
    money.setValue("1.50");
    PGobject nothing = object("jsonb", null);
    List<Setting> settings =
        List.of(
            s -> s.setObject(1, object("jsonb", "{\"a\": 1}")),
            s -> s.setObject(1, object("json", "{\"a\": 1}")),
            s -> s.setObject(1, object("jsonb", "{\"a\": 2}")),
            s -> s.setObject(1, nothing),
            s -> s.setObject(1, object("jsonb", "1"), Types.OTHER),
            s -> s.setObject(1, object("pair", "(1,x)")),
            s -> s.setObject(1, object("int4range", "[1,2)")),
            s -> s.setObject(1, new PGpoint(1, 0.1)),
            s -> s.setObject(1, new PGpoint(1, 0.2)),
            s -> s.setObject(1, new PGInterval("1 day")),
            s -> s.setObject(1, new PGInterval(1, 2, 3, 4, 5, 6.5)),
            s -> s.setObject(1, money));
    for (int time = 0; time < 3; time++) {
      long hits = larder.statistics().hits();
      for (Setting setting : settings) {
        assertThat(answer(larder, sql, setting))
            .isEqualTo(answer(database.dataSource(), sql, setting));
      }
      if (time != 1) {
        // A busy parser is asked again later, so the second time may still be the first for some.
        assertThat(larder.statistics().hits() - hits)
            .as("time %s: %s", time, larder.statistics().bypasses())
            .isEqualTo(time == 0 ? 0 : settings.size());
      }
    }
  }

  @EachDatabase
  void aParameterIsWhatItWasWhenItWasSet(TestDatabase database) throws SQLException {
    assumeTrue(database.product() == Product.POSTGRESQL, "objects of pgjdbc");
    String sql = "select id from thing where c11 = ?";
    PGobject wanted = object("jsonb", "{\"a\": 1}");
    for (int time = 0; time < 3; time++) {
      wanted.setValue("{\"a\": 1}");
      try (Connection c = larder.getConnection();
          PreparedStatement query = c.prepareStatement(sql)) {
        query.setObject(1, wanted);
        wanted.setValue("{\"a\": 2}");
        try (ResultSet rows = query.executeQuery()) {
          assertThat(rows.next()).isTrue();
        }
        query.setObject(1, wanted);
        try (ResultSet rows = query.executeQuery()) {
          assertThat(rows.next()).isFalse();
        }
      }
    }
    assertThat(larder.statistics().hits()).isEqualTo(4);
  }

  @EachDatabase
  void whatTheDriverRefusesIsRefused(TestDatabase database) throws SQLException {
    assumeTrue(database.product() == Product.POSTGRESQL, "objects of pgjdbc");
    String sql = "select ?::text, count(*) from thing";
    List<Setting> settings =
        List.of(
            s -> s.setObject(1, object("nosuch", "1")),
            s -> s.setObject(1, object("jsonb", "{")),
            s -> s.setObject(1, new PGobject()),
            s -> s.setObject(2, object("jsonb", "1")),
            s -> s.setObject(1, object("jsonb", "1"), Types.INTEGER));
    for (Setting setting : settings) {
      for (int time = 0; time < 2; time++) {
        assertThat(outcome(larder, sql, setting))
            .isEqualTo(outcome(database.dataSource(), sql, setting));
      }
    }
  }

  /** The time of the query as a text is one in an object, too. */
  @EachDatabase
  void nowInAnObjectIsNotKept(TestDatabase database) throws SQLException {
    assumeTrue(database.product() == Product.POSTGRESQL, "objects of pgjdbc");
    String sql = "select ?::timestamptz, count(*) from thing";
    Setting now = s -> s.setObject(1, object("timestamptz", "now"));
    List<String> first = answer(larder, sql, now);
    assertThat(answer(larder, sql, now)).isNotEqualTo(first);
  }

  @EachDatabase
  void intervalsAreParameters(TestDatabase database) throws SQLException {
    assumeTrue(database.product() == Product.H2, "objects of H2");
    String sql = "select cast(? as interval day), count(*) from thing";
    List<Setting> settings =
        List.of(s -> s.setObject(1, Interval.ofDays(1)), s -> s.setObject(1, Interval.ofDays(2)));
    for (int time = 0; time < 3; time++) {
      for (Setting setting : settings) {
        assertThat(answer(larder, sql, setting))
            .isEqualTo(answer(database.dataSource(), sql, setting));
      }
    }
    assertThat(larder.statistics().hits()).isEqualTo(4);
  }

  private static List<String> answer(DataSource source, String sql) throws SQLException {
    return answer(source, sql, s -> {});
  }

  private static String outcome(DataSource source, String sql, Setting setting) {
    try {
      return answer(source, sql, setting).toString();
    } catch (SQLException e) {
      return e.getClass().getName() + e.getSQLState();
    } catch (RuntimeException | AssertionError e) {
      // A driver that is run with its assertions fails at one of them.
      return e.getClass().getName();
    }
  }

  private static List<String> answer(DataSource source, String sql, Setting setting)
      throws SQLException {
    List<String> all = new ArrayList<>();
    try (Connection c = source.getConnection();
        PreparedStatement query = c.prepareStatement(sql)) {
      setting.run(query);
      try (ResultSet rows = query.executeQuery()) {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          for (int i = 1; i <= columns; i++) {
            all.add(written(rows.getObject(i)));
            // The driver writes what it is sent in binary in another way than the server does.
            String text = rows.getString(i);
            all.add(text == null || rows.getObject(i) instanceof PGpoint ? "" : text);
          }
        }
      }
    }
    return all;
  }

  private static String written(Object value) throws SQLException {
    if (value == null) {
      return "null";
    }
    String kind = value.getClass().getSimpleName();
    if (value instanceof Array array) {
      StringBuilder all = new StringBuilder(array.getBaseTypeName());
      for (Object element : (Object[]) array.getArray()) {
        all.append(' ').append(written(element));
      }
      return all.toString();
    }
    if (value instanceof byte[] bytes) {
      return kind + Arrays.toString(bytes);
    }
    return kind + " " + value;
  }
}
