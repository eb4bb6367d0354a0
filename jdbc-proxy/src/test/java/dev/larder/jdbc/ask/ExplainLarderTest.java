package dev.larder.jdbc.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What is said of a statement that is not run, and of the one that ran before. */
final class ExplainLarderTest {

  private static final String TITLE = "select title from book where id = 1";

  private LarderDataSource larder;
  private Connection connection;

  @BeforeEach
  void books(TestDatabase database) throws SQLException {
    database.execute(
        "create table book (id int primary key, title varchar(50))",
        "insert into book values (1, 'a title')");
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    larder = LarderDataSource.wrap(database.dataSource(), settings);
    connection = larder.getConnection();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    larder.close();
  }

  private Map<String, @Nullable Object> last() throws SQLException {
    long before = larder.statistics().statementsToDatabase();
    Map<String, @Nullable Object> last = Asked.on(connection, "EXPLAIN LARDER LAST").only();
    assertThat(larder.statistics().statementsToDatabase()).isEqualTo(before);
    return last;
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @EachDatabase
  void aStatementIsExplainedAndNotRun(TestDatabase database) throws SQLException {
    Map<String, @Nullable Object> read =
        Asked.on(connection, "explain larder " + TITLE + ";").only();
    assertThat(read).containsEntry("cached", true).containsEntry("reason", null);
    assertThat(String.valueOf(read.get("statement"))).startsWith("select title").endsWith("?");
    assertThat(String.valueOf(read.get("tables")).toLowerCase(Locale.ROOT)).contains("book");
    Map<String, @Nullable Object> write =
        Asked.on(connection, "explain larder delete from book").only();
    assertThat(write).containsEntry("cached", false).containsEntry("reason", "NOT_A_QUERY");
    execute(TITLE);
    assertThat(last())
        .containsEntry("outcome", "run on the database, and its answer taken into memory");
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from book")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(1);
    }
  }

  @EachDatabase
  void aPreparedStatementIsExplainedWithItsParametersSetOrNot(TestDatabase database)
      throws SQLException {
    String sql = "explain larder select title from book where id = ? and title <> ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      assertThat(statement.getMetaData().getColumnCount()).isEqualTo(7);
      assertThat(Asked.of(statement.executeQuery()).only()).containsEntry("cached", true);
      statement.setInt(1, 1);
      statement.setString(2, "x");
      assertThat(Asked.of(statement.executeQuery()).only()).containsEntry("cached", true);
    }
  }

  @EachDatabase
  void theLastTellsOfAMissAndThenOfAHit(TestDatabase database) throws SQLException {
    assertThat(last())
        .containsEntry("statement", null)
        .containsEntry("outcome", "nothing was executed on this connection yet");
    execute(TITLE);
    assertThat(last())
        .containsEntry("outcome", "run on the database, and its answer taken into memory")
        .containsEntry("reason", null);
    execute(TITLE);
    Map<String, @Nullable Object> hit = last();
    assertThat(hit).containsEntry("outcome", "answered from memory").containsEntry("reason", null);
    assertThat(String.valueOf(hit.get("explanation"))).startsWith("Cached until");
    assertThat(last()).isEqualTo(hit);
  }

  @EachDatabase
  void theLastTellsWhyAQueryIsNotCached(TestDatabase database) throws SQLException {
    execute("select now(), title from book");
    Map<String, @Nullable Object> last = last();
    assertThat(last).containsEntry("outcome", "run on the database");
    assertThat(last.get("reason")).isNotNull().isNotEqualTo("NOT_A_QUERY");
    assertThat(String.valueOf(last.get("explanation"))).startsWith("Not cached");
  }

  @EachDatabase
  void theLastTellsOfAReasonOfThisTimeAlone(TestDatabase database) throws SQLException {
    execute(TITLE);
    connection.setAutoCommit(false);
    execute("update book set title = 'mine' where id = 1");
    assertThat(last())
        .containsEntry("outcome", "run on the database")
        .containsEntry("reason", "NOT_A_QUERY");
    execute(TITLE);
    Map<String, @Nullable Object> last = last();
    assertThat(last)
        .containsEntry("outcome", "run on the database")
        .containsEntry("reason", "OWN_WRITE");
    assertThat(String.valueOf(last.get("explanation"))).startsWith("Not from memory this time");
    connection.rollback();
  }

  @EachDatabase
  void theLastTellsOfABatch(TestDatabase database) throws SQLException {
    execute(TITLE);
    try (PreparedStatement insert =
        connection.prepareStatement("insert into book values (?, 'new')")) {
      for (int id = 2; id < 4; id++) {
        insert.setInt(1, id);
        insert.addBatch();
      }
      insert.executeBatch();
    }
    assertThat(last())
        .containsEntry("statement", null)
        .containsEntry("outcome", "run on the database")
        .containsEntry("reason", "SEVERAL_STATEMENTS");
  }
}
