package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/**
 * Symptom: on a machine that was busy now and then, answers of tables that nobody writes were asked
 * of the database again (TPC-C's items, 1,115 times). What a query cost went up by two classes or
 * more and came back, and what was kept when it was two classes ago was not looked for.
 */
class CostThatChangesTest {

  private static final int QUERIES_OF_A_PHASE = 24;
  private static final int PHASES = 6;

  @Test
  void whatANewCostSaysOfOldAnswersIsNotThatTheyAreGone() throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    settings.setProperty("larder.admission", "always");
    try (TestDatabase database = Databases.h2();
        LarderDataSource larder = LarderDataSource.wrap(database.dataSource(), settings)) {
      database.execute(
          "create table book (id int primary key)",
          "insert into book values (0)",
          "create table n (x int)",
          "insert into n select x from system_range(0, 999)");
      askInTurns(larder);
    }
  }

  private static void askInTurns(LarderDataSource larder) throws SQLException {
    try (Connection connection = larder.getConnection();
        PreparedStatement query =
            connection.prepareStatement(
                "select (select count(*) from n a, n b where a.x < ? and b.x < ?) as counted,"
                    + " repeat('x', ?) as shown from book where id < ?")) {
      for (int turn = 1; turn <= 2; turn++) {
        for (int phase = 0; phase < PHASES; phase++) {
          boolean takesLong = phase % 2 == 0;
          for (int i = 0; i < QUERIES_OF_A_PHASE; i++) {
            ask(query, takesLong, phase * QUERIES_OF_A_PHASE + i + 1);
          }
        }
        assertThat(larder.statistics().misses()).isEqualTo((long) PHASES * QUERIES_OF_A_PHASE);
      }
    }
  }

  /** What takes the database long for each byte of the answer, or next to no time. */
  private static void ask(PreparedStatement query, boolean takesLong, int id) throws SQLException {
    int counted = takesLong ? 400 : 1;
    int shown = takesLong ? 1 : 50_000;
    query.setInt(1, counted);
    query.setInt(2, counted);
    query.setInt(3, shown);
    query.setInt(4, id);
    try (ResultSet rows = query.executeQuery()) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(1)).isEqualTo((long) counted * counted);
      assertThat(rows.getString(2)).hasSize(shown);
    }
  }
}
