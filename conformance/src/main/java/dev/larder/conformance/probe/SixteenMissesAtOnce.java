package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

final class SixteenMissesAtOnce implements Probe {

  @Override
  public String sentence() {
    return "Sixteen clients who miss the same answer at once cause one execution on the "
        + "database.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    String query = "select title, count(*) from book group by title order by title";
    // The first query of a connection brings questions of the cache's own; they are over after
    // this.
    story.assertCached(TITLE);
    DataSource cache = story.cache();
    ExecutorService crowd = Executors.newFixedThreadPool(16);
    try {
      List<Future<String>> answers = new ArrayList<>();
      long executions =
          story.executionsOf(
              query,
              () -> {
                for (int i = 0; i < 16; i++) {
                  answers.add(crowd.submit(() -> answer(cache, query)));
                }
                for (Future<String> answer : answers) {
                  story.same("v1", answer.get(), query);
                }
              });
      if (story.isCaching()) {
        story.same("executions: 1", "executions: " + executions, query);
      }
    } finally {
      crowd.shutdownNow();
    }
  }

  private static String answer(DataSource cache, String query) throws SQLException {
    try (Connection connection = cache.getConnection();
        PreparedStatement statement = connection.prepareStatement(query);
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getString(1);
    }
  }
}
