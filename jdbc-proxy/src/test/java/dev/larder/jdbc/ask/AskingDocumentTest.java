package dev.larder.jdbc.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every column that an answer has is in {@code docs/asking.md}, and so is every question. */
final class AskingDocumentTest {

  private static final String DOCUMENT = "docs/asking.md";

  @Test
  void everyColumnIsDocumented() throws SQLException, IOException {
    Path document = Path.of(DOCUMENT);
    String page =
        Files.readString(Files.exists(document) ? document : Path.of("..").resolve(DOCUMENT));
    try (TestDatabase database = Databases.h2();
        LarderDataSource larder = LarderDataSource.wrap(database.dataSource());
        Connection connection = larder.getConnection();
        Statement statement = connection.createStatement()) {
      for (String question :
          List.of(
              "SHOW LARDER STATUS",
              "SHOW LARDER QUERIES",
              "SHOW LARDER TABLES",
              "SHOW LARDER SOURCES",
              "SHOW LARDER NODES",
              "SHOW LARDER TIER",
              "SHOW LARDER POOL",
              "SHOW LARDER REPLICAS",
              "SHOW LARDER SETTINGS",
              "EXPLAIN LARDER LAST",
              "EXPLAIN LARDER select 1")) {
        assertThat(page).contains(question.replace(" select 1", ""));
        try (ResultSet answer = statement.executeQuery(question)) {
          for (int i = 1; i <= answer.getMetaData().getColumnCount(); i++) {
            assertThat(page).contains("`" + answer.getMetaData().getColumnLabel(i) + "`");
          }
        }
      }
    }
  }
}
