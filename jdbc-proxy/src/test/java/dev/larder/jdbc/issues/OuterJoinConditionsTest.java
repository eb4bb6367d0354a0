package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;

/**
 * The condition of an outer join says nothing of the rows that it keeps: those that do not satisfy
 * it are shown with nulls, and an answer depends on them.
 */
final class OuterJoinConditionsTest {

  @EachDatabase
  void aRowThatIsKeptCounts(TestDatabase database) throws SQLException {
    database.execute(
        "create table a (id int primary key, n int)",
        "create table b (id int primary key, n int)",
        "create table c (id int primary key, n int)",
        "insert into a values (1, 10)",
        "insert into b values (1, 10), (2, 20)",
        "insert into c values (1, 10)");
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    settings.setProperty("larder.admission", "always");
    DataSource direct = database.dataSource();
    try (LarderDataSource larder = LarderDataSource.wrap(direct, settings)) {
      for (String query :
          List.of(
              "select a.n, b.n, c.n from a cross join b left join c on c.id = a.id and c.id = b.id"
                  + " where a.id = 1 order by 1, 2, 3",
              "select a.n, b.n, c.n from a cross join b left join c on a.id = b.id where a.id = 1"
                  + " order by 1, 2, 3",
              "select a.n, b.n from b left join a on a.id = 1 and b.id = a.id order by 1, 2",
              "select a.n, b.n from a right join b on a.id = b.id and a.id = 1 order by 2, 1")) {
        assertThat(rows(larder, query)).as(query).isEqualTo(rows(direct, query));
        update(larder, "update b set n = n + 1 where id = 2");
        assertThat(rows(larder, query)).as(query).isEqualTo(rows(direct, query));
      }
    }
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

  private static void update(DataSource on, String change) throws SQLException {
    try (Connection connection = on.getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(change)).isEqualTo(1);
    }
  }
}
