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
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Symptom: no answer with an array among its columns was kept: neither {@code array_agg} nor {@code
 * select *} of a table that has such a column.
 */
class ArrayResultsTest {

  private LarderDataSource larder;

  @BeforeEach
  void table(TestDatabase database) {
    assumeTrue(!database.product().speaksMySql(), "MariaDB has no arrays");
    String array = database.product() == Product.H2 ? " array" : "[]";
    database.execute(
        "create table thing (id int primary key, numbers int"
            + array
            + ", words varchar(20)"
            + array
            + ")",
        "insert into thing values (1, array[1, 2, null], array['a', 'b c'])",
        "insert into thing values (2, null, array[null, 'NULL', ''])");
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    larder = LarderDataSource.wrap(database.dataSource(), settings);
  }

  @AfterEach
  void close() {
    if (larder != null) {
      larder.close();
    }
  }

  @EachDatabase
  void theyAreAnsweredFromMemoryAsTheDriverAnswers(TestDatabase database) throws SQLException {
    for (String sql :
        List.of(
            "select * from thing order by id",
            "select array_agg(id order by id) from thing",
            "select numbers, words from thing where id = 1",
            "select array_agg(words[1] order by id) from thing")) {
      List<Object> expected = answer(database.dataSource(), sql);
      for (int time = 0; time < 7; time++) {
        long hits = larder.statistics().hits();
        assertThat(answer(larder, sql)).as(sql).isEqualTo(expected);
        assertThat(larder.statistics().hits() - hits).as(sql).isEqualTo(time == 0 ? 0 : 1);
      }
    }
  }

  @EachDatabase
  void eachCallerHasAnArrayOfItsOwn(TestDatabase database) throws SQLException {
    for (int time = 0; time < 3; time++) {
      try (Connection c = larder.getConnection();
          Statement statement = c.createStatement();
          ResultSet rows = statement.executeQuery("select numbers from thing where id = 1")) {
        assertThat(rows.next()).isTrue();
        Array array = rows.getArray(1);
        Object[] elements = (Object[]) array.getArray();
        assertThat(elements).containsExactly(1, 2, null);
        elements[0] = 7;
        assertThat((Object[]) array.getArray()).containsExactly(1, 2, null);
        array.free();
        assertThat((Object[]) rows.getArray(1).getArray()).containsExactly(1, 2, null);
      }
    }
    assertThat(larder.statistics().hits()).isEqualTo(2);
  }

  /** An array from memory is a parameter as the driver's own is. */
  @EachDatabase
  void anArrayFromMemoryGoesBackToTheDriver(TestDatabase database) throws SQLException {
    for (int time = 0; time < 3; time++) {
      try (Connection c = larder.getConnection();
          Statement statement = c.createStatement();
          ResultSet rows = statement.executeQuery("select numbers from thing where id = 1");
          PreparedStatement query =
              c.prepareStatement("select count(*) from thing where numbers = ?")) {
        assertThat(rows.next()).isTrue();
        query.setArray(1, rows.getArray(1));
        try (ResultSet count = query.executeQuery()) {
          assertThat(count.next()).isTrue();
          assertThat(count.getInt(1)).isEqualTo(database.product() == Product.H2 ? 0 : 1);
        }
      }
    }
  }

  /** Its rows are the driver's, and lead to no connection but Larder's. */
  @EachDatabase
  void theRowsOfAnArrayLeadToLardersConnection(TestDatabase database) throws SQLException {
    for (int time = 0; time < 3; time++) {
      try (Connection c = larder.getConnection();
          Statement statement = c.createStatement();
          ResultSet rows = statement.executeQuery("select words from thing where id = 1")) {
        assertThat(rows.next()).isTrue();
        try (ResultSet elements = rows.getArray(1).getResultSet()) {
          List<String> words = new ArrayList<>();
          while (elements.next()) {
            words.add(elements.getInt(1) + elements.getString(2));
          }
          assertThat(words).containsExactly("1a", "2b c");
          Statement own = elements.getStatement();
          if (own != null) {
            assertThat(own.getConnection()).isSameAs(c);
          }
        }
      }
    }
    assertThat(larder.statistics().hits()).isEqualTo(2);
  }

  /** What only the driver can answer it answers, on the same row. */
  @EachDatabase
  void theDriverTakesOverOnTheSameRow(TestDatabase database) throws SQLException {
    Class<?> own =
        database.product() == Product.H2
            ? org.h2.jdbc.JdbcResultSet.class
            : org.postgresql.jdbc.PgResultSet.class;
    for (int time = 0; time < 3; time++) {
      try (Connection c = larder.getConnection();
          PreparedStatement query =
              c.prepareStatement("select numbers, words from thing order by id");
          ResultSet rows = query.executeQuery()) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).contains("1");
        assertThat(rows.unwrap(own)).isNotNull();
        assertThat((Object[]) rows.getArray(2).getArray()).containsExactly("a", "b c");
        assertThat(rows.next()).isTrue();
        assertThat(rows.getArray(1)).isNull();
        assertThat(rows.next()).isFalse();
      }
    }
  }

  private static List<Object> answer(DataSource source, String sql) throws SQLException {
    List<Object> all = new ArrayList<>();
    try (Connection c = source.getConnection();
        PreparedStatement query = c.prepareStatement(sql);
        ResultSet rows = query.executeQuery()) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        for (int i = 1; i <= columns; i++) {
          Object value = rows.getObject(i);
          all.add(value instanceof Array array ? elements(array) : String.valueOf(value));
          Array again = rows.getArray(i == 1 && columns == 3 ? 2 : i);
          all.add(again == null ? "null" : elements(again));
        }
      }
    }
    return all;
  }

  private static String elements(Array array) throws SQLException {
    return array.getBaseType()
        + array.getBaseTypeName()
        + array.getArray().getClass().getSimpleName()
        + Arrays.toString((Object[]) array.getArray());
  }
}
