package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.Databases;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postgresql.PGResultSetMetaData;
import org.postgresql.jdbc.PgResultSet;

/**
 * Symptom: a result from memory could not be unwrapped to the driver's interfaces, said 0 of its
 * fetch size, and a statement that closes on completion closed with the first of two results.
 */
class ResultDetailsTest {

  private static final Map<Product, Class<?>> OWN =
      Map.of(
          Product.POSTGRESQL,
          PgResultSet.class,
          Product.H2,
          org.h2.jdbc.JdbcResultSet.class,
          Product.MARIADB,
          org.mariadb.jdbc.client.result.Result.class,
          Product.MYSQL,
          com.mysql.cj.jdbc.result.ResultSetInternalMethods.class);

  private static void fill(TestDatabase database) {
    database.execute("create table book (id int primary key, title varchar(20))");
    for (int i = 1; i <= 4; i++) {
      database.execute("insert into book values (" + i + ", 'title " + i + "')");
    }
  }

  @EachDatabase
  void aKeptResultLeadsToTheDriversOwnOnTheSameRow(TestDatabase database) throws SQLException {
    fill(database);
    Class<?> own = OWN.get(database.product());
    String sql = "select id, title from book where id > ? order by id";
    try (LarderDataSource larder = LarderDataSource.wrap(database.dataSource());
        Connection connection = larder.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, 1);
      for (int i = 0; i < 3; i++) {
        statement.executeQuery().close();
      }
      long hits = larder.statistics().hits();
      assertThat(hits).isPositive();
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        rows.next();
        assertThat(rows.isWrapperFor(own)).isTrue();
        assertThat(rows.isWrapperFor(Runnable.class)).isFalse();
        ResultSet unwrapped = (ResultSet) rows.unwrap(own);
        assertThat(unwrapped).isInstanceOf(own);
        assertThat(unwrapped.getInt(1)).isEqualTo(3);
        assertThat(rows.getString(2)).isEqualTo("title 3");
        assertThat(rows.wasNull()).isFalse();
        // One result by two names, as with the driver.
        assertThat(unwrapped.next()).isTrue();
        assertThat(rows.getString("title")).isEqualTo("title 4");
        assertThat(rows.next()).isFalse();
        assertThat(rows.getStatement()).isSameAs(statement);
        rows.close();
        assertThat(unwrapped.isClosed()).isTrue();
      }
      assertThat(larder.statistics().bypasses()).containsKey(BypassReason.DRIVER_RESULT);
    }
  }

  /** MariaDB's driver makes no object of the year 0: it fails with what is no SQLException. */
  @EachDatabase(Product.MARIADB)
  void aValueThatTheDriverMakesNoObjectOfLeadsToTheDriversOwn(TestDatabase database)
      throws SQLException {
    database.execute("create table vintage (id int primary key, made year)");
    database.execute("insert into vintage values (1, 0), (2, 2024)");
    try (LarderDataSource larder = LarderDataSource.wrap(database.dataSource());
        Connection connection = larder.getConnection();
        Statement statement = connection.createStatement()) {
      String sql = "select made from vintage order by id";
      for (int i = 0; i < 3; i++) {
        statement.executeQuery(sql).close();
      }
      assertThat(larder.statistics().hits()).isPositive();
      try (ResultSet rows = statement.executeQuery(sql)) {
        assertThat(rows.next()).isTrue();
        ResultSet own = (ResultSet) rows.unwrap(OWN.get(database.product()));
        assertThat(own.getString(1)).isEqualTo(rows.getString(1)).isEqualTo("0000");
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(2024);
      }
    }
  }

  @Test
  void metaDataLeadsToTheDriversOwn() throws SQLException {
    try (TestDatabase database = Databases.postgres();
        LarderDataSource larder = LarderDataSource.wrap(database.dataSource());
        Connection connection = larder.getConnection();
        Statement statement = connection.createStatement()) {
      fill(database);
      for (int i = 0; i < 4; i++) {
        try (ResultSet rows = statement.executeQuery("select id as number from book")) {
          ResultSetMetaData metaData = rows.getMetaData();
          assertThat(metaData.isWrapperFor(PGResultSetMetaData.class)).isTrue();
          if (i > 1) {
            assertThat(metaData.unwrap(PGResultSetMetaData.class).getBaseColumnName(1))
                .isEqualTo("id");
          }
          assertThat(rows.next()).isTrue();
          assertThat(rows.getInt("number")).isEqualTo(1);
        }
      }
      assertThat(larder.statistics().hits()).isPositive();
    }
  }

  @EachDatabase
  void theFetchSizeIsTheDrivers(TestDatabase database) throws SQLException {
    fill(database);
    try (LarderDataSource larder = LarderDataSource.wrap(database.dataSource());
        Connection ours = larder.getConnection();
        Connection theirs = database.connect()) {
      for (int i = 0; i < 3; i++) {
        for (int size : new int[] {0, 7}) {
          assertThat(fetchSizes(ours, size)).isEqualTo(fetchSizes(theirs, size));
        }
      }
      if (database.product() != Product.MYSQL) {
        // Whose driver is asked itself.
        assertThat(larder.statistics().hits()).isPositive();
      }
    }
  }

  private static String fetchSizes(Connection connection, int asked) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (asked > 0) {
        statement.setFetchSize(asked);
      }
      try (ResultSet rows = statement.executeQuery("select id from book")) {
        int first = rows.getFetchSize();
        rows.setFetchSize(3);
        return first + ", then " + rows.getFetchSize();
      }
    }
  }

  @EachDatabase
  void aStatementClosesWithTheResultsThatItsDriverSays(TestDatabase database) throws SQLException {
    fill(database);
    try (LarderDataSource larder = LarderDataSource.wrap(database.dataSource());
        Connection ours = larder.getConnection();
        Connection theirs = database.connect()) {
      for (boolean early : new boolean[] {true, false}) {
        for (int i = 0; i < 3; i++) {
          String sql = "select id from book";
          assertThat(completion(ours, sql, early)).isEqualTo(completion(theirs, sql, early));
        }
        if (database.product() == Product.POSTGRESQL) {
          String two = "select id from book; select title from book";
          assertThat(completion(ours, two, early)).isEqualTo(completion(theirs, two, early));
        }
      }
    }
  }

  private static String completion(Connection connection, String sql, boolean early)
      throws SQLException {
    StringBuilder seen = new StringBuilder();
    Statement statement = connection.createStatement();
    if (early) {
      statement.closeOnCompletion();
    }
    statement.execute(sql);
    ResultSet first = statement.getResultSet();
    if (!early) {
      statement.closeOnCompletion();
    }
    seen.append(first.next()).append(' ').append(first.getString(1));
    first.close();
    seen.append(", closed: ").append(statement.isClosed());
    if (!statement.isClosed()) {
      seen.append(", more: ").append(statement.getMoreResults());
      ResultSet second = statement.getResultSet();
      if (second != null) {
        seen.append(' ').append(second.next()).append(' ').append(second.getString(1));
        second.close();
      }
      seen.append(", closed: ").append(statement.isClosed());
      statement.close();
    }
    return seen.toString();
  }

  @EachDatabase
  void anUpdateThatHasRowsHasAResult(TestDatabase database) throws SQLException {
    fill(database);
    String sql =
        database.product() == Product.POSTGRESQL
            ? "with x as (insert into book values (?, 'new') returning id) select id from x"
            : "insert into book values (?, 'new')";
    try (LarderDataSource larder = LarderDataSource.wrap(database.dataSource());
        Connection ours = larder.getConnection();
        Connection theirs = database.connect()) {
      assertThat(updated(ours, sql.replace("?", "10")))
          .isEqualTo(updated(theirs, sql.replace("?", "11")));
    }
  }

  private static String updated(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      String seen;
      try {
        seen = "count " + statement.executeUpdate(sql, new String[] {"id"});
      } catch (SQLException e) {
        seen = e.getSQLState();
      }
      try (ResultSet rows = statement.getResultSet()) {
        return seen + (rows == null ? ", no result" : ", result " + rows.next());
      }
    }
  }
}
