package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/**
 * Symptom: each setter told the driver of all parameters that were set before, so that 16,000 took
 * seconds and 65,535 minutes; each row of a batch was added to a copy of those before it. The
 * limits of time are far above what it takes, and far below what it took.
 */
class ManyParametersTest {

  @EachDatabase
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void asManyAsTheDriverTakes(TestDatabase database) throws SQLException {
    database.execute("create table book (id int primary key)");
    try (LarderDataSource larder = over(database)) {
      // PostgreSQL's protocol counts them in two bytes.
      for (int many : new int[] {1_000, 65_535}) {
        String sql = "select count(*) from book where id in (?" + ", ?".repeat(many - 1) + ")";
        for (int time = 0; time < 2; time++) {
          try (Connection c = larder.getConnection();
              PreparedStatement query = c.prepareStatement(sql)) {
            for (int i = 1; i <= many; i++) {
              query.setInt(i, i);
            }
            assertThat(count(query)).isZero();
            query.setInt(many, 0);
            assertThat(count(query)).isZero();
          }
        }
      }
    }
  }

  @EachDatabase
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void asManyRowsInABatch(TestDatabase database) throws SQLException {
    database.execute(
        "create table book (id int primary key, title varchar(50))"
            + (database.product().speaksMySql() ? " engine=innodb" : ""),
        "insert into book values (-1, 'other')");
    int rows = 20_000;
    try (LarderDataSource larder = over(database);
        Connection c = larder.getConnection()) {
      assertThat(title(c, 7)).isEqualTo("none");
      assertThat(title(c, rows)).isEqualTo("none");
      c.setAutoCommit(false);
      try (PreparedStatement insert =
          c.prepareStatement("insert into book (id, title) values (?, ?)")) {
        for (int i = 1; i <= rows; i++) {
          insert.setInt(1, i);
          insert.setString(2, "t" + i);
          insert.addBatch();
        }
        assertThat(insert.executeBatch()).hasSize(rows);
      }
      c.commit();
      c.setAutoCommit(true);
      assertThat(title(c, 7)).isEqualTo("t7");
      assertThat(title(c, rows)).isEqualTo("t" + rows);
    }
  }

  /** What a small batch does not name stays in memory. */
  @EachDatabase
  void aFewRowsInABatchAreForgottenByThemselves(TestDatabase database) throws SQLException {
    database.execute(
        "create table book (id int primary key, title varchar(50))"
            + (database.product().speaksMySql() ? " engine=innodb" : ""),
        "insert into book values (1, 'a'), (2, 'b'), (3, 'c')");
    try (LarderDataSource larder = over(database);
        Connection c = larder.getConnection()) {
      for (int i = 1; i <= 3; i++) {
        title(c, i);
        title(c, i);
      }
      try (PreparedStatement update =
          c.prepareStatement("update book set title = ? where id = ?")) {
        for (int i = 1; i <= 2; i++) {
          update.setString(1, "new");
          update.setInt(2, i);
          update.addBatch();
        }
        update.executeBatch();
      }
      assertThat(title(c, 1)).isEqualTo("new");
      assertThat(title(c, 2)).isEqualTo("new");
      long hits = larder.statistics().hits();
      assertThat(title(c, 3)).isEqualTo("c");
      assertThat(larder.statistics().hits()).isEqualTo(hits + 1);
    }
  }

  private static String title(Connection c, int id) throws SQLException {
    try (PreparedStatement query = c.prepareStatement("select title from book where id = ?")) {
      query.setInt(1, id);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? row.getString(1) : "none";
      }
    }
  }

  private static int count(PreparedStatement query) throws SQLException {
    try (ResultSet row = query.executeQuery()) {
      assertThat(row.next()).isTrue();
      return row.getInt(1);
    }
  }

  private static LarderDataSource over(TestDatabase database) {
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    return LarderDataSource.wrap(database.dataSource(), settings);
  }
}
