package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.internal.result.driver.ColumnCases;
import dev.larder.jdbc.internal.result.driver.ColumnCases.Case;
import dev.larder.jdbc.internal.result.driver.Getters;
import dev.larder.jdbc.internal.result.driver.Getters.Getter;
import dev.larder.jdbc.internal.result.driver.Observed;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Symptom: with a release of a driver that the fidelity matrix does not know, {@code getInt} of a
 * NUMERIC, {@code getBoolean} of an INTEGER and many other getters threw
 * SQLFeatureNotSupportedException, on the first read too.
 */
class UnknownDriverTest {

  /** The database behind a driver that says it is of a release that nobody has compared. */
  private static DataSource ofUnknownRelease(DataSource dataSource) {
    return ofRelease(dataSource, "99.9.9");
  }

  private static DataSource ofRelease(DataSource dataSource, String release) {
    return proxy(
        DataSource.class,
        dataSource,
        "getConnection",
        connection ->
            proxy(
                Connection.class,
                (Connection) connection,
                "getMetaData",
                metaData ->
                    proxy(
                        DatabaseMetaData.class,
                        (DatabaseMetaData) metaData,
                        "getDriverVersion",
                        version -> release)));
  }

  private interface Change {
    Object of(Object answer);
  }

  private static <T> T proxy(Class<T> type, T real, String changed, Change change) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              try {
                Object answer = method.invoke(real, arguments);
                return method.getName().equals(changed) ? change.of(answer) : answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return type.cast(proxy);
  }

  /** The types that every application has, and one that is not captured from such a driver. */
  private static List<Case> cases(Product product) {
    List<Case> all =
        switch (product) {
          case POSTGRESQL -> ColumnCases.postgres();
          case MARIADB -> ColumnCases.maria();
          case MYSQL -> ColumnCases.mysql();
          case H2 -> ColumnCases.h2();
        };
    return all.stream()
        .filter(
            column ->
                column
                    .type()
                    .matches(
                        "smallint|int|integer|bigint|numeric.*|decimal.*|double.*|varchar.*|bool.*"
                            + "|text|date"))
        .toList();
  }

  private static void fill(TestDatabase database, List<Case> cases) {
    int table = 0;
    for (Case column : cases) {
      database.execute(
          "create table cases" + table + " (id int primary key, v " + column.type() + ")");
      int id = 0;
      for (String literal : column.literals()) {
        try {
          database.execute("insert into cases" + table + " values (" + id++ + ", " + literal + ")");
        } catch (AssertionError | RuntimeException e) {
          // A value that this session's settings refuse.
        }
      }
      if (!column.type().equals("serial")) {
        database.execute("insert into cases" + table + " values (" + id + ", null)");
      }
      table++;
    }
  }

  @EachDatabase
  void everyGetterAnswersAsTheDriverDoes(TestDatabase database) throws SQLException {
    compare(database, ofUnknownRelease(database.dataSource()), cases(database.product()));
  }

  /** Of MySQL's driver it is known what it answered when the rows were read, and nothing else. */
  @EachDatabase(Product.MYSQL)
  void everyGetterOfMySqlsDriverAnswersAsItDoes(TestDatabase database) throws SQLException {
    compare(database, database.dataSource(), ColumnCases.mysql());
  }

  private static void compare(TestDatabase database, DataSource dataSource, List<Case> cases)
      throws SQLException {
    fill(database, cases);
    // Its SQLXML says whether it is NULL only when it is read.
    List<Getter> getters =
        Getters.all(List.of()).stream()
            .filter(g -> g.name().contains("(index"))
            .filter(g -> database.product() != Product.MYSQL || !g.name().contains("XML"))
            .toList();
    List<String> differences = new ArrayList<>();
    try (LarderDataSource larder = LarderDataSource.wrap(dataSource);
        Connection ours = larder.getConnection();
        Connection theirs = database.connect();
        Statement cached = ours.createStatement();
        Statement plain = theirs.createStatement()) {
      for (int table = 0; table < cases.size(); table++) {
        String query = "select v as Label from cases" + table + " order by id";
        int text = 0;
        for (Getter getter : getters) {
          // One that is parsed once, and stops being cached for each getter by itself.
          String sql = "/* larder(tag=t" + text++ + ") */ " + query;
          List<Observed> driver = read(plain.executeQuery(query), getter);
          List<Observed> larders = read(cached.executeQuery(sql), getter);
          List<Observed> again = read(cached.executeQuery(sql), getter);
          if (differ(driver, larders) || differ(driver, again)) {
            differences.add(
                cases.get(table).type()
                    + " "
                    + getter.name()
                    + ": driver "
                    + driver
                    + ", first "
                    + larders
                    + ", second "
                    + again);
          }
        }
      }
      assertThat(larder.statistics().hits()).isGreaterThan(20);
      assertThat(larder.statistics().bypasses()).containsKey(BypassReason.DRIVER_RESULT);
      assertThat(larder.statistics().failures()).isZero();
    }
    assertThat(differences).isEmpty();
  }

  private static List<Observed> read(ResultSet result, Getter getter) throws SQLException {
    try (result) {
      List<Observed> answers = new ArrayList<>();
      while (result.next()) {
        answers.add(getter.answer(result, 1, "label"));
      }
      return answers;
    }
  }

  private static boolean differ(List<Observed> driver, List<Observed> larder) {
    if (driver.size() != larder.size()) {
      return true;
    }
    for (int i = 0; i < driver.size(); i++) {
      if (!driver.get(i).allows(larder.get(i))) {
        return true;
      }
    }
    return false;
  }

  @EachDatabase
  void explainSaysWhatWasAsked(TestDatabase database) throws SQLException {
    database.execute("create table book (id int primary key, price numeric(10, 2))");
    database.execute("insert into book values (1, 9.50)", "insert into book values (2, 3.25)");
    String sql = "select price from book order by id";
    try (LarderDataSource larder = LarderDataSource.wrap(ofUnknownRelease(database.dataSource()));
        Connection connection = larder.getConnection();
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < 3; i++) {
        try (ResultSet rows = statement.executeQuery(sql)) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getDouble(1)).isEqualTo(9.5);
          assertThat(rows.getString(1)).isEqualTo("9.50");
        }
      }
      assertThat(larder.statistics().hits()).isPositive();
      try (ResultSet rows = statement.executeQuery(sql)) {
        rows.next();
        assertThat(rows.getFloat(1)).isEqualTo(9.5f);
        // From here on the driver's result answers.
        assertThat(rows.next()).isTrue();
        assertThat(rows.getFloat(1)).isEqualTo(3.25f);
        assertThat(rows.getBigDecimal(1)).isEqualByComparingTo("3.25");
        assertThat(rows.next()).isFalse();
        assertThat(rows.getStatement()).isSameAs(statement);
      }
      assertThat(larder.explain(sql).reason()).isEqualTo(BypassReason.DRIVER_RESULT);
      try (ResultSet rows = statement.executeQuery(sql)) {
        rows.next();
        assertThat(rows.getFloat(1)).isEqualTo(9.5f);
      }
    }
  }

  @EachDatabase
  void whatAnOlderReleaseAnswersOtherwiseIsLeftToIt(TestDatabase database) throws SQLException {
    String release =
        switch (database.product()) {
          case POSTGRESQL -> "42.7.8";
          case H2 -> "2.3.232";
          case MARIADB, MYSQL -> "3.4.2";
        };
    database.execute(
        "create table book (id int primary key, price numeric(10, 2), printed date)",
        "insert into book values (1, 9.55, '2024-02-29')",
        "insert into book values (2, null, null)");
    String sql = "select id, price, printed from book order by id";
    try (LarderDataSource larder =
            LarderDataSource.wrap(ofRelease(database.dataSource(), release));
        Connection connection = larder.getConnection();
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < 4; i++) {
        try (ResultSet rows = statement.executeQuery(sql)) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getDate(3)).hasToString("2024-02-29");
        }
      }
      // A date is no plain type: it is kept where the release is known, gaps or not.
      if (!database.product().speaksMySql()) {
        assertThat(larder.statistics().hits()).isPositive();
      }
      try (ResultSet rows = statement.executeQuery(sql)) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(1);
        if (database.product() == Product.POSTGRESQL) {
          assertThat(rows.getBigDecimal(2, 1)).isEqualByComparingTo("9.6");
        } else if (database.product() == Product.H2) {
          assertThat(rows.getObject(1, BigInteger.class)).isEqualTo(1);
        }
        assertThat(rows.next()).isTrue();
        assertThat(rows.getBigDecimal(2)).isNull();
        assertThat(rows.wasNull()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(2);
        assertThat(rows.next()).isFalse();
      }
      if (!database.product().speaksMySql()) {
        assertThat(larder.statistics().bypasses()).containsKey(BypassReason.DRIVER_RESULT);
      }
    }
  }
}
