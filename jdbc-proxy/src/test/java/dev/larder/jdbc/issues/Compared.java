package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.Explanation;
import dev.larder.jdbc.KeptAnswers;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Texts that are run through Larder and, for comparison, on a plain connection. For one thread. */
final class Compared implements AutoCloseable {

  final LarderDataSource larder;
  private final TestDatabase database;

  Compared(TestDatabase database, String... settings) {
    this.database = database;
    larder = KeptAnswers.over(database, settings);
  }

  /** Reads twice as the database answers, the second time from memory. */
  void cached(String... queries) throws SQLException {
    for (String query : queries) {
      assertThat(larder.explain(query).cached()).as(query + ": " + larder.explain(query)).isTrue();
      same(query);
      long before = larder.statistics().hits();
      same(query);
      assertThat(larder.statistics().hits() - before).as(query).isEqualTo(1);
    }
  }

  /** Reads that the database answers every time, for this reason; gives the last explanation. */
  Explanation refused(BypassReason reason, String... queries) throws SQLException {
    Explanation explanation = null;
    for (String query : queries) {
      explanation = larder.explain(query);
      assertThat(explanation.reason()).as(query + ": " + explanation).isEqualTo(reason);
      long before = larder.statistics().hits();
      outcome(query);
      outcome(query);
      assertThat(larder.statistics().hits()).as(query).isEqualTo(before);
    }
    if (explanation == null) {
      throw new IllegalArgumentException("nothing to ask");
    }
    return explanation;
  }

  /** The same answer, or the same error, from both. */
  void same(String query) throws SQLException {
    try (Connection plain = database.connect()) {
      assertThat(outcome(query)).as(query).isEqualTo(outcome(plain, query));
    }
  }

  /** A query from memory answers like the database after each write; none is wasted. */
  void follows(String query, String... writes) throws SQLException {
    for (String write : writes) {
      cached(query);
      String before = outcome(query);
      run(write);
      same(query);
      assertThat(outcome(query)).as(query + " after " + write).isNotEqualTo(before);
    }
  }

  /** Whether a query that is in memory is still answered from there after a write. */
  boolean isSpared(String query, String write) throws SQLException {
    cached(query);
    run(write);
    long before = larder.statistics().hits();
    same(query);
    return larder.statistics().hits() > before;
  }

  void run(String write) throws SQLException {
    try (Connection connection = larder.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(write);
    }
  }

  String outcome(String query) throws SQLException {
    try (Connection connection = larder.getConnection()) {
      return outcome(connection, query);
    }
  }

  /** The rows in an order of their own, since few of the queries ask for one, or the SQLSTATE. */
  static String outcome(Connection connection, String query) {
    List<String> all = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= columns; i++) {
          row.append(rows.getString(i)).append(i < columns ? ", " : ";");
        }
        all.add(row.toString());
      }
      Collections.sort(all);
      return String.join(" ", all);
    } catch (SQLException failure) {
      return failure.getSQLState();
    }
  }

  @Override
  public void close() {
    larder.close();
  }
}
