package dev.larder.jdbc.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;

/** Of a great many templates, those that matter are shown, rightly, and memory stays bounded. */
final class ManyTemplatesTest {

  private static final int TEMPLATES = 10_000;

  /** More than there is room for. */
  private static final int TOO_MANY = 30_000;

  private static LarderDataSource over(TestDatabase database) {
    database.execute("create table book (id int primary key)", "insert into book values (1)");
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    return LarderDataSource.wrap(database.dataSource(), settings);
  }

  private static void run(Statement statement, int from, int to) throws SQLException {
    for (int i = from; i < to; i++) {
      try (ResultSet rows = statement.executeQuery("select id as c" + i + " from book")) {
        assertThat(rows.next()).isTrue();
      }
    }
  }

  @EachDatabase(Product.H2)
  void tenThousandAreAllShown(TestDatabase database) throws SQLException {
    try (LarderDataSource larder = over(database);
        Connection connection = larder.getConnection();
        Statement statement = connection.createStatement()) {
      run(statement, 0, TEMPLATES);
      run(statement, 0, 1);
      Asked queries = Asked.on(connection, "show larder queries");
      assertThat(queries.rows().size()).isEqualTo(TEMPLATES);
      Set<Object> ids = new HashSet<>();
      queries.rows().forEach(row -> ids.add(row.get("id")));
      assertThat(ids).hasSize(TEMPLATES);
      assertThat(queries.where("text", "select id as c0 from book"))
          .containsEntry("calls", 2L)
          .containsEntry("hits", 1L)
          .containsEntry("entries", 1L);
      assertThat(queries.where("text", "select id as c" + (TEMPLATES - 1) + " from book"))
          .containsEntry("calls", 1L)
          .containsEntry("database_calls", 1L);
      assertThat(Asked.on(connection, "show larder queries limit 10").rows()).hasSize(10);
    }
  }

  @EachDatabase(Product.H2)
  void ofMoreThanThereIsRoomForTheUsedOnesStay(TestDatabase database) throws SQLException {
    try (LarderDataSource larder = over(database);
        Connection connection = larder.getConnection();
        Statement statement = connection.createStatement()) {
      for (int from = 0; from < TOO_MANY; from += 100) {
        run(statement, from, from + 100);
        run(statement, 7, 8);
      }
      Asked queries = Asked.on(connection, "show larder queries by saved");
      assertThat(queries.rows().size()).isBetween(1_000, 25_000);
      assertThat(queries.where("text", "select id as c7 from book").get("hits"))
          .isEqualTo((long) TOO_MANY / 100);
    }
  }
}
