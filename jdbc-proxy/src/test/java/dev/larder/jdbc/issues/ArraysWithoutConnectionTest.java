package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Symptom: a query by an array was answered from memory, and took a physical connection all the
 * same, because {@code createArrayOf} and {@code setArray} asked the driver. On MariaDB the rows of
 * an array from memory threw an IllegalStateException.
 */
@SuppressWarnings("NullAway") // elements that are null are what some of these are about
class ArraysWithoutConnectionTest {

  private LarderDataSource larder;

  private interface Setting {
    void run(PreparedStatement statement) throws SQLException;
  }

  private interface Question {
    Object of(Array array) throws SQLException;
  }

  @BeforeEach
  void table(TestDatabase database) {
    database.execute(
        "create table thing (id int primary key, name varchar(30), v "
            + (database.product().speaksMySql() ? "varbinary(20))" : "int)"),
        "insert into thing values (1, 'one', null), (2, 'two', null), (5, 'five', null)");
    if (database.product().speaksMySql()) {
      database.execute("update thing set v = X'0000803f00000040' where id = 1");
    }
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    settings.setProperty("larder.admission", "always");
    larder = LarderDataSource.wrap(database.dataSource(), settings);
  }

  @AfterEach
  void close() {
    larder.close();
  }

  private static Setting array(String type, Object... elements) {
    return s -> s.setArray(1, s.getConnection().createArrayOf(type, elements));
  }

  @EachDatabase
  void aHitByAnArrayTakesNoConnection(TestDatabase database) throws SQLException {
    assumeTrue(!database.product().speaksMySql(), "MariaDB has no arrays");
    String byId = "select name from thing where id = any(?) order by id";
    String byName = "select name from thing where name = any(?) order by id";
    List<Setting> settings =
        List.of(
            array("integer", (Object[]) new Integer[] {1, 2}),
            array("bigint", 1L, null, 5L),
            array("integer"),
            s -> s.setObject(1, s.getConnection().createArrayOf("integer", new Object[] {2})),
            s -> s.setObject(1, new Long[] {1L, 5L}),
            s -> s.setObject(1, new Integer[] {1, 5}));
    for (int time = 0; time < 2; time++) {
      long borrowed = larder.statistics().borrowedConnections();
      for (Setting setting : settings) {
        assertThat(answer(byId, setting)).isEqualTo(plainAnswer(database, byId, setting));
      }
      Setting names = array("varchar", "one", "it's", "a \"b\", {c}");
      assertThat(answer(byName, names)).isEqualTo(plainAnswer(database, byName, names));
      if (time == 1) {
        assertThat(larder.statistics().borrowedConnections()).isEqualTo(borrowed);
      }
    }
  }

  @EachDatabase
  void whatIsAskedOfAnArrayTheDriverAnswers(TestDatabase database) throws SQLException {
    List<Object[]> elements =
        List.of(
            new Integer[] {1, 2, null},
            new Object[] {1, 2},
            new Object[] {1L, null},
            new Object[] {1, "x"},
            new Object[] {new Integer[] {1}, new Integer[] {2}},
            new Integer[][] {{1, 2}, {3, 4}},
            new String[] {"a", "b c", "NULL", "", "{\"", "\uD800", "a\u0000b"},
            new UUID[] {new UUID(1, 2), null},
            new BigDecimal[] {BigDecimal.ONE, new BigDecimal("2.50")},
            new Boolean[] {true, null, false},
            new Float[] {1f, 2f},
            new Object[] {new Object()},
            new Object[0]);
    List<String> types =
        List.of("integer", "int4", "bigint", "varchar", "text", "uuid", "numeric", "float", "none");
    for (String type : types) {
      for (Object[] each : elements) {
        String what = type + Arrays.deepToString(each);
        try (Connection plain = database.dataSource().getConnection();
            Connection c = larder.getConnection()) {
          assertThat(described(c, type, each, database.product()))
              .as(what)
              .isEqualTo(described(plain, type, each, database.product()));
        }
      }
    }
  }

  @EachDatabase
  void aClosedConnectionMakesNone(TestDatabase database) throws SQLException {
    Connection c = larder.getConnection();
    c.close();
    assertThatThrownBy(() -> c.createArrayOf("integer", new Object[] {1}))
        .isInstanceOf(SQLException.class);
  }

  /** The driver of that other connection takes what was made for this one. */
  @EachDatabase
  void anArrayGoesToAnotherConnection(TestDatabase database) throws SQLException {
    assumeTrue(!database.product().speaksMySql(), "MariaDB has no arrays");
    Array array;
    try (Connection c = larder.getConnection()) {
      array = c.createArrayOf("integer", new Object[] {1, 5});
    }
    String sql = "select name from thing where id = any(?) order by id";
    for (int time = 0; time < 2; time++) {
      assertThat(answer(sql, s -> s.setArray(1, array))).isEqualTo("one;five;");
    }
  }

  @EachDatabase
  void theRowsOfAnArrayFromMemoryAreTheDrivers(TestDatabase database) throws SQLException {
    assumeTrue(database.product() == Product.MARIADB, "only MariaDB reads bytes as an array");
    String sql = "select v from thing where id = 1";
    String expected;
    try (Connection plain = database.dataSource().getConnection()) {
      expected = arrayOf(plain, sql);
    }
    for (int time = 0; time < 3; time++) {
      try (Connection c = larder.getConnection()) {
        assertThat(arrayOf(c, sql)).isEqualTo(expected);
      }
    }
    assertThat(larder.statistics().hits()).isEqualTo(2);
  }

  private static String arrayOf(Connection c, String sql) throws SQLException {
    try (Statement statement = c.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return described(row.getArray(1), Product.MARIADB);
    }
  }

  private static String described(Connection c, String type, Object[] elements, Product product) {
    try {
      return described(c.createArrayOf(type, elements), product);
    } catch (SQLException e) {
      return e.getSQLState();
    } catch (RuntimeException e) {
      return e.getClass().getName();
    }
  }

  private static String described(Array array, Product product) throws SQLException {
    List<String> all = new ArrayList<>();
    if (product == Product.POSTGRESQL) {
      all.add(array.toString());
    }
    List<Question> questions =
        List.of(
            Array::getBaseType,
            Array::getBaseTypeName,
            Array::getArray,
            a -> a.getArray(1, 1),
            a -> a.getArray(0, 1),
            a -> a.getArray(Map.of()),
            a -> a.getArray(Map.of("x", String.class)),
            a -> rows(a.getResultSet()),
            a -> rows(a.getResultSet(1, 1)));
    for (Question question : questions) {
      all.add(answer(question, array));
    }
    array.free();
    for (Question question : questions) {
      all.add(answer(question, array));
    }
    return String.join("\n", all);
  }

  private static String answer(Question question, Array array) {
    try {
      Object answer = question.of(array);
      // H2 numbers its arrays.
      return answer instanceof Object[] elements
          ? answer.getClass().getSimpleName()
              + Arrays.deepToString(elements).replaceAll("ar\\d+: ", "")
          : answer instanceof float[] floats ? Arrays.toString(floats) : String.valueOf(answer);
    } catch (SQLException e) {
      return e.getClass().getSimpleName() + e.getSQLState();
    } catch (RuntimeException | AssertionError e) {
      return e.getClass().getSimpleName();
    }
  }

  private static String rows(ResultSet rows) throws SQLException {
    StringBuilder all = new StringBuilder("rows");
    while (rows.next()) {
      all.append(' ').append(rows.getString(1)).append('=').append(rows.getString(2));
    }
    return all.toString();
  }

  private static String plainAnswer(TestDatabase database, String sql, Setting setting)
      throws SQLException {
    try (Connection c = database.dataSource().getConnection()) {
      return answer(c, sql, setting);
    }
  }

  private String answer(String sql, Setting setting) throws SQLException {
    try (Connection c = larder.getConnection()) {
      return answer(c, sql, setting);
    }
  }

  private static String answer(Connection c, String sql, Setting setting) throws SQLException {
    StringBuilder all = new StringBuilder();
    try (PreparedStatement query = c.prepareStatement(sql)) {
      setting.run(query);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          all.append(rows.getString(1)).append(';');
        }
      }
    }
    return all.toString();
  }
}
