package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Setting;
import dev.larder.testkit.Databases;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A query that the server answers without reading its tables fixes no snapshot on MySQL and
 * MariaDB: what memory answers behind it would be of another moment than what the server does.
 */
class SnapshotOfNothingReadTest {

  private static final List<String> READ_NOTHING =
      List.of(
          "select id from t where n between 9 and 6",
          "select count(*) from t where 1 = 0",
          "select * from nothing",
          "select id from t where id = null",
          "select id from t limit 0",
          "select max(n) from t where n is null",
          "select id from t where n = 1 and 2 = 3 union all select 1",
          "select n, count(*) from t where 1 = 0 group by n",
          "select id from t where id = 1 for update",
          "select 1 union all select id from t where 1 = 0",
          "select x.c from (select count(*) as c from t where 1 = 0) x",
          "select x.one from t right join (select 1 as one) x on 1 = 0 and t.id = x.one",
          "select t.id from t join (select id from t where 1 = 0) x on t.id = x.id",
          "select coalesce(max(n), 0) from t where id = null",
          "select (select count(*) from t where 1 = 0)",
          "select 1 from dual union all select id from t where 1 = 0",
          "select id from t where 1 = 0 union select count(*) from t where 1 = 0");

  private static final List<String> READ_SOMETHING =
      List.of(
          "select id from t",
          "select count(*) from t",
          "select id from t where id = 1",
          "select n, count(*) from t where id > 0 group by n",
          "select (select max(n) from t) as m from t where id = 1",
          "select id from t where n in (select max(n) from t)",
          "select id from t where n = 1 union select n from t where n = 1");

  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void sumsAreThoseOfOneMoment(Product product) throws SQLException {
    try (TestDatabase database = Databases.fresh(product)) {
      database.execute(
          "create table t (id int primary key, n int not null)",
          "insert into t values (1, 1)",
          "create view nothing as select count(*) as c from t where 1 = 0",
          "create table a (n int)",
          "create table b (n int)",
          "insert into a values (5)",
          "insert into b values (5)");
      try (LarderDataSource larder =
              LarderDataSource.builder()
                  .dataSource(database.dataSource())
                  .setting(Setting.WRITERS, "this-jvm")
                  .setting(Setting.ADMISSION, "always")
                  .build();
          Connection reader = larder.getConnection();
          Connection writer = larder.getConnection()) {
        reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        for (String first : READ_NOTHING) {
          assertThat(sum(larder, reader, writer, first)).as(first).isEqualTo(10);
        }
        for (String first : READ_SOMETHING) {
          long before = larder.statistics().hits();
          assertThat(sum(larder, reader, writer, first)).as(first).isEqualTo(10);
          assertThat(larder.statistics().hits() - before).as("hits behind " + first).isPositive();
        }
      }
    }
  }

  private static int sum(
      LarderDataSource larder, Connection reader, Connection writer, String first)
      throws SQLException {
    try (Connection other = larder.getConnection()) {
      one(other, "select n from a");
    }
    reader.setAutoCommit(false);
    one(reader, first);
    int a = one(reader, "select n from a");
    writer.setAutoCommit(false);
    update(writer, "update a set n = n - 1");
    update(writer, "update b set n = n + 1");
    writer.commit();
    int b = one(reader, "select n from b");
    reader.rollback();
    reader.setAutoCommit(true);
    return a + b;
  }

  private static int one(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      int value = 0;
      while (row.next()) {
        value = row.getInt(1);
      }
      return value;
    }
  }

  private static void update(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
