package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Symptom: a query with an array among its parameters was never answered from memory, so that
 * nothing was that an ORM loads in batches ({@code where id = any(?)}).
 */
@SuppressWarnings("NullAway") // elements that are null are what some of these are about
class ArrayParametersTest {

  private static final UUID ONE = new UUID(1, 20);
  private static final UUID TWO = new UUID(2, 30);

  private LarderDataSource larder;

  /** Sets parameter 1. */
  private interface Setting {
    void run(PreparedStatement statement) throws SQLException;
  }

  @BeforeEach
  void table(TestDatabase database) {
    assumeTrue(!database.product().speaksMySql(), "MariaDB has no arrays");
    database.execute(
        "create table thing (id int primary key, big bigint, name varchar(30), price"
            + " numeric(10,2), code uuid, note varchar(30), kinds int"
            + (database.product() == Product.H2 ? " array)" : "[])"),
        "insert into thing values (1, 1, 'one', 1.00, '" + ONE + "', 'n', array[1, 2])",
        "insert into thing values (2, 2, 'two', 2.50, '" + TWO + "', 'n', array[2])",
        "insert into thing values (5, 5, 'five', 5, null, 'n', null)",
        "insert into thing values (6, 6, 'NULL', 6, null, 'n', array[6])");
    start(database);
  }

  private void start(TestDatabase database) {
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    larder = LarderDataSource.wrap(database.dataSource(), settings);
  }

  /** A table has cells for a few columns only. */
  private void startAgain(TestDatabase database) {
    larder.close();
    start(database);
  }

  @AfterEach
  void close() {
    if (larder != null) {
      larder.close();
    }
  }

  private static Setting array(String type, Object... elements) {
    return s -> s.setArray(1, s.getConnection().createArrayOf(type, elements));
  }

  private static Map<String, Setting> settings(Product product) {
    Map<String, Setting> all = new LinkedHashMap<>();
    all.put("id setArray Integer[]", array("integer", (Object[]) new Integer[] {1, 2}));
    all.put("id setArray Long[]", array("bigint", (Object[]) new Long[] {1L, 2L}));
    all.put("id setArray Object[]", array("integer", 1, 2));
    all.put("id with null", array("integer", 1, null, 5));
    all.put("id empty", array("integer"));
    all.put("big setArray", array("bigint", 1L, 5L));
    all.put("name setArray", array("varchar", "one", "it's", "a \"b\", {c}"));
    all.put("name setArray text", array("text", "one", null));
    all.put("name of the text NULL", array("varchar", "NULL"));
    all.put("name of null", array("varchar", (Object) null));
    all.put("price setArray", array("numeric", new BigDecimal("1.00"), new BigDecimal("2.5")));
    all.put("code setArray", array("uuid", ONE, TWO));
    all.put(
        "id setObject of an Array",
        s -> s.setObject(1, s.getConnection().createArrayOf("integer", new Object[] {1, 2})));
    all.put("id setObject Integer[]", s -> s.setObject(1, new Integer[] {1, 2}));
    all.put("id setObject Long[]", s -> s.setObject(1, new Long[] {1L, 2L}));
    all.put("big setObject Long[]", s -> s.setObject(1, new Long[] {1L, 2L}));
    all.put("name setObject String[]", s -> s.setObject(1, new String[] {"one", "two"}));
    if (product == Product.POSTGRESQL) {
      all.put("id setObject int[]", s -> s.setObject(1, new int[] {1, 2}));
      all.put("big setObject long[]", s -> s.setObject(1, new long[] {1, 2}));
      all.put("id setObject ARRAY", s -> s.setObject(1, new Integer[] {1, 2}, Types.ARRAY));
      all.put("id two dimensions", array("integer", (Object[]) new Integer[][] {{1, 2}, {5, 6}}));
    } else {
      all.put("code setObject UUID[]", s -> s.setObject(1, new UUID[] {ONE, TWO}));
      all.put(
          "price setObject BigDecimal[]",
          s -> s.setObject(1, new BigDecimal[] {BigDecimal.ONE, new BigDecimal("2.5")}));
    }
    return all;
  }

  private static String column(String setting) {
    return setting.split(" ")[0];
  }

  @EachDatabase
  void theSecondReadIsFromMemory(TestDatabase database) throws SQLException {
    for (Map.Entry<String, Setting> setting : settings(database.product()).entrySet()) {
      String sql =
          "select id from thing where " + column(setting.getKey()) + " = any(?) order by 1";
      String expected;
      try (Connection plain = database.dataSource().getConnection()) {
        expected = answer(plain, sql, setting.getValue());
      }
      for (int time = 0; time < 3; time++) {
        long hits = larder.statistics().hits();
        try (Connection c = larder.getConnection()) {
          assertThat(answer(c, sql, setting.getValue())).as(setting.getKey()).isEqualTo(expected);
        }
        assertThat(larder.statistics().hits() - hits)
            .as(setting.getKey())
            .isEqualTo(time == 0 ? 0 : 1);
      }
    }
    assertThat(larder.statistics().bypasses().getOrDefault(BypassReason.PARAMETER, 0L)).isZero();
  }

  /** Each is asked for when all the others are in memory. */
  @EachDatabase
  void arraysThatDifferShareNothing(TestDatabase database) throws SQLException {
    String sql =
        database.product() == Product.H2
            ? "select cast(? as varchar(50) array), count(*) from thing"
            : "select cast(? as text[])::text, count(*) from thing";
    List<Setting> different =
        new ArrayList<>(
            List.of(
                array("varchar", "1", "2"),
                array("varchar", "2", "1"),
                array("varchar", "1"),
                array("varchar"),
                array("varchar", "1", null),
                array("varchar", null, "1"),
                array("varchar", "1", "NULL"),
                array("varchar", "1", ""),
                array("varchar", "1,2"),
                array("varchar", "{1", "2}"),
                array("varchar", "a\"b"),
                array("varchar", "a\\b"),
                array("varchar", (Object) null)));
    if (database.product() == Product.POSTGRESQL) {
      different.add(array("integer", 1, 3));
      different.add(array("integer", (Object[]) new Integer[][] {{1, 2}, {3, 4}}));
      different.add(array("integer", (Object[]) new Integer[][] {{1, 2, 3, 4}}));
      different.add(array("integer", (Object[]) new Integer[][] {{1}, {2}, {3}, {4}}));
      different.add(array("numeric", new BigDecimal("1.0"), new BigDecimal("3")));
      different.add(array("numeric", new BigDecimal("1.00"), new BigDecimal("3")));
      different.add(array("float8", 1.5d, 0.0d));
      different.add(array("float8", 1.5d, -0.0d));
    }
    List<String> expected = new ArrayList<>();
    try (Connection plain = database.dataSource().getConnection()) {
      for (Setting setting : different) {
        expected.add(answer(plain, sql, setting));
      }
    }
    assertThat(expected).doesNotHaveDuplicates();
    for (int time = 0; time < 2; time++) {
      try (Connection c = larder.getConnection()) {
        List<String> answers = new ArrayList<>();
        for (Setting setting : different) {
          answers.add(answer(c, sql, setting));
        }
        assertThat(answers).isEqualTo(expected);
      }
    }
  }

  /** To PostgreSQL the type of the elements is a part of what is asked. */
  @EachDatabase
  void theTypeOfTheElementsIsAPartOfTheKey(TestDatabase database) throws SQLException {
    assumeTrue(database.product() == Product.POSTGRESQL, "H2 takes no note of the name");
    String sql = "select pg_typeof(?)::text, count(*) from thing";
    List<Setting> different =
        List.of(
            array("integer", 1, 2),
            array("bigint", 1, 2),
            array("bigint", 1L, 2L),
            array("numeric", 1, 2),
            array("text", "a"),
            array("varchar", "a"),
            s -> s.setObject(1, new int[] {1, 2}),
            s -> s.setObject(1, new long[] {1, 2}),
            s -> s.setObject(1, new Short[] {1, 2}),
            s -> s.setObject(1, new Long[] {}),
            s -> s.setObject(1, new Integer[] {}));
    for (int time = 0; time < 2; time++) {
      for (Setting setting : different) {
        try (Connection c = larder.getConnection();
            Connection plain = database.dataSource().getConnection()) {
          assertThat(answer(c, sql, setting)).isEqualTo(answer(plain, sql, setting));
        }
      }
    }
  }

  /** What the driver takes in the setter is what it was then. */
  @EachDatabase
  void whatChangesAfterItWasSetDoesNotCount(TestDatabase database) throws SQLException {
    String sql = "select id from thing where id = any(?) order by 1";
    List<Setting> settings =
        List.of(
            s -> {
              Integer[] elements = {1, 2};
              Array array = s.getConnection().createArrayOf("integer", elements);
              elements[0] = 6;
              s.setArray(1, array);
              elements[1] = 6;
              array.free();
            },
            s -> {
              Integer[] elements = {1, 2};
              s.setObject(1, elements);
              elements[0] = 6;
            });
    for (Setting setting : settings) {
      for (int time = 0; time < 3; time++) {
        try (Connection c = larder.getConnection();
            PreparedStatement query = c.prepareStatement(sql)) {
          setting.run(query);
          assertThat(rows(query)).isEqualTo("1;2;");
          assertThat(rows(query)).isEqualTo("1;2;");
        }
      }
      try (Connection c = larder.getConnection()) {
        assertThat(answer(c, sql, array("integer", 6, 2))).isEqualTo("2;6;");
      }
    }
  }

  @EachDatabase
  void anArrayThatWasFreedIsRefusedAsTheDriverRefusesIt(TestDatabase database) throws SQLException {
    Setting freed =
        s -> {
          Array array = s.getConnection().createArrayOf("integer", new Object[] {1, 2});
          array.free();
          s.setArray(1, array);
        };
    String sql = "select id from thing where id = any(?) order by 1";
    String expected;
    try (Connection plain = database.dataSource().getConnection()) {
      expected = outcome(plain, sql, freed);
    }
    for (int time = 0; time < 2; time++) {
      try (Connection c = larder.getConnection()) {
        assertThat(outcome(c, sql, freed)).isEqualTo(expected);
      }
    }
  }

  /** What may change unseen, or is told apart by rules of its own, is asked of the database. */
  @EachDatabase
  void elementsOfOtherClassesAreRefused(TestDatabase database) throws SQLException {
    String sql = "select count(*) from thing where date '2020-01-02' = any(?)";
    Setting dates = array("date", java.sql.Date.valueOf("2020-01-02"));
    for (int time = 0; time < 2; time++) {
      try (Connection c = larder.getConnection()) {
        assertThat(answer(c, sql, dates)).isEqualTo("4;");
      }
    }
    assertThat(larder.statistics().hits()).isZero();
    assertThat(larder.statistics().bypasses().getOrDefault(BypassReason.PARAMETER, 0L))
        .isEqualTo(2);
  }

  @EachDatabase
  void aWriteOfOneRowSparesWhoDoesNotNameIt(TestDatabase database) throws SQLException {
    String byId = "select note from thing where id = any(?) order by id";
    String update = "update thing set note = 'x' where id = 5";
    List<Setting> spared =
        List.of(
            array("integer", 1, 2),
            array("bigint", 1L, null, 2L),
            s -> s.setObject(1, new Integer[] {1, 2}),
            s -> s.setObject(1, new Long[] {1L, 1L, 2L}));
    List<Setting> forgotten =
        List.of(
            array("integer", 5, 6),
            array("bigint", 5L, null),
            array("smallint", 1, 5),
            s -> s.setObject(1, new Integer[] {6, 5}));
    for (Setting setting : spared) {
      assertThat(isSpared(byId, setting, update)).isTrue();
      assertThat(isSpared("select note from thing where big = some (?)", setting, update))
          .isFalse();
      assertThat(
              isSpared(
                  "select note from thing where big = some (?)",
                  setting,
                  "update thing set note = 'y' where big = 5"))
          .isTrue();
      assertThat(isSpared("select note from thing where id <> all (?)", setting, update)).isFalse();
      assertThat(isSpared("select note from thing where not id = any(?)", setting, update))
          .isFalse();
      assertThat(isSpared("select note from thing where id < any(?)", setting, update)).isFalse();
      assertThat(isSpared("select note from thing where id = any(?) or id = 5", setting, update))
          .isFalse();
    }
    for (Setting setting : forgotten) {
      assertThat(isSpared(byId, setting, update)).isFalse();
    }
    String byName = "select note from thing where name = any(?) order by id";
    String rename = "update thing set note = 'z' where name = 'five'";
    assertThat(isSpared(byName, array("varchar", "one", "two"), rename)).isTrue();
    assertThat(isSpared(byName, s -> s.setObject(1, new String[] {"one"}), rename)).isTrue();
    assertThat(isSpared(byName, array("varchar", "one", "five"), rename)).isFalse();
    assertThat(isSpared(byName, array("varchar"), rename)).isFalse();
    startAgain(database);
    String byCode = "select note from thing where code = any(?) order by id";
    String move = "update thing set note = 'z' where code = '" + TWO + "'";
    assertThat(isSpared(byCode, array("uuid", ONE), move)).isTrue();
    assertThat(isSpared(byCode, array("uuid", ONE, TWO), move)).isFalse();
    String price = "select note from thing where price = any(?) order by id";
    assertThat(isSpared(price, array("numeric", BigDecimal.ONE), update)).isFalse();
    startAgain(database);
    String spelled = "select note from thing where id = any(array[1, ?]) order by id";
    assertThat(isSpared(spelled, s -> s.setInt(1, 2), update)).isTrue();
    assertThat(isSpared(spelled, s -> s.setInt(1, 5), update)).isFalse();
  }

  /** What Hibernate sends to H2. */
  @EachDatabase
  void arrayContainsNarrowsAsAnyDoes(TestDatabase database) throws SQLException {
    assumeTrue(database.product() == Product.H2, "a function of H2's");
    String byId = "select t.note from thing t where array_contains(?,t.id)";
    String byBig = "select note from thing where array_contains(?, big)";
    String update = "update thing set note = 'x' where id = 5";
    assertThat(isSpared(byId, array("bigint", 1L, 2L), update)).isTrue();
    assertThat(isSpared(byId, s -> s.setObject(1, new Long[] {1L, 2L}), update)).isTrue();
    assertThat(isSpared(byId, array("bigint", 1L, 5L), update)).isFalse();
    // It finds a null, too.
    assertThat(isSpared(byId, array("bigint", 1L, null), update)).isFalse();
    assertThat(isSpared(byBig, array("bigint", 1L, 2L), update)).isFalse();
    String other = "select note from thing where array_contains(kinds, ?)";
    assertThat(isSpared(other, s -> s.setInt(1, 1), update)).isFalse();
    assertThat(
            isSpared(
                "select note from thing where not array_contains(?, id)",
                array("bigint", 1L, 2L),
                update))
        .isFalse();
  }

  /** A type whose equality is another, or a value that is rounded first, narrows nothing. */
  @EachDatabase
  void elementsOfOtherTypesDependOnAllRows(TestDatabase database) throws SQLException {
    String byId = "select note from thing where id = any(?) order by id";
    String update = "update thing set note = 'x' where id = 5";
    assertThat(isSpared(byId, array("numeric", new BigDecimal("1.0")), update)).isFalse();
    assertThat(isSpared(byId, array("float8", 1d, 2d), update)).isFalse();
    if (database.product() == Product.POSTGRESQL) {
      assertThat(isSpared(byId, array("float4", 1, 2), update)).isFalse();
      assertThat(
              isSpared(byId, array("integer", (Object[]) new Integer[][] {{1, 2}, {6, 6}}), update))
          .isFalse();
      // Whose blanks at the end do not count.
      assertThat(
              isSpared(
                  "select note from thing where name = any(?)",
                  array("bpchar", "one", "five "),
                  "update thing set note = 'y' where name = 'five'"))
          .isFalse();
    }
  }

  @EachDatabase
  void aWriteByAnArrayForgetsItsRowsOnly(TestDatabase database) throws SQLException {
    String byId = "select note from thing where id = ?";
    for (String write :
        List.of(
            "update thing set note = note || 'x' where id = any(?)",
            "delete from thing where id = any(?)")) {
      for (int id : new int[] {1, 5}) {
        try (Connection c = larder.getConnection()) {
          answer(c, byId, s -> s.setInt(1, id));
          answer(c, byId, s -> s.setInt(1, id));
        }
      }
      try (Connection c = larder.getConnection();
          PreparedStatement statement = c.prepareStatement(write)) {
        array("integer", 5, 6).run(statement);
        assertThat(statement.executeUpdate()).isEqualTo(2);
      }
      long hits = larder.statistics().hits();
      try (Connection c = larder.getConnection();
          Connection plain = database.dataSource().getConnection()) {
        assertThat(answer(c, byId, s -> s.setInt(1, 1))).isEqualTo("n;");
        assertThat(larder.statistics().hits()).as(write).isEqualTo(hits + 1);
        assertThat(answer(c, byId, s -> s.setInt(1, 5)))
            .isEqualTo(answer(plain, byId, s -> s.setInt(1, 5)));
        assertThat(larder.statistics().hits()).as(write).isEqualTo(hits + 1);
      }
    }
  }

  /** A text that is read as the time of the query is one within an array, too. */
  @EachDatabase
  void nowInAnArrayIsNotKept(TestDatabase database) throws SQLException {
    assumeTrue(database.product() == Product.POSTGRESQL, "only PostgreSQL has such texts");
    String sql = "select (cast(? as timestamptz[]))[1], count(*) from thing";
    try (Connection c = larder.getConnection()) {
      String first = answer(c, sql, array("text", "now"));
      assertThat(answer(c, sql, array("text", "now"))).isNotEqualTo(first);
      first = answer(c, sql, s -> s.setObject(1, new String[] {"now"}));
      assertThat(answer(c, sql, s -> s.setObject(1, new String[] {"now"}))).isNotEqualTo(first);
    }
  }

  private boolean isSpared(String query, Setting setting, String write) throws SQLException {
    try (Connection c = larder.getConnection();
        PreparedStatement statement = c.prepareStatement(write)) {
      answer(c, query, setting);
      answer(c, query, setting);
      long hits = larder.statistics().hits();
      answer(c, query, setting);
      assertThat(larder.statistics().hits()).as(query).isEqualTo(hits + 1);
      statement.executeUpdate();
      answer(c, query, setting);
      return larder.statistics().hits() == hits + 2;
    }
  }

  private static String outcome(Connection c, String sql, Setting setting) {
    try {
      return answer(c, sql, setting);
    } catch (SQLException e) {
      return e.getClass().getName() + " " + e.getSQLState();
    } catch (RuntimeException | AssertionError e) {
      // A driver that is run with its assertions fails at one of them.
      return e.getClass().getName();
    }
  }

  private static String answer(Connection c, String sql, Setting setting) throws SQLException {
    try (PreparedStatement query = c.prepareStatement(sql)) {
      setting.run(query);
      return rows(query);
    }
  }

  private static String rows(PreparedStatement query) throws SQLException {
    StringBuilder all = new StringBuilder();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        all.append(rows.getString(1)).append(';');
      }
    }
    return all.toString();
  }
}
