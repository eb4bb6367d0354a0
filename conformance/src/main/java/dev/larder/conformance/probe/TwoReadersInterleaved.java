package dev.larder.conformance.probe;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

final class TwoReadersInterleaved implements Probe {

  @Override
  public String sentence() {
    return "Two clients who read the same answer at the same time have a cursor each.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    String query = "select title from book order by id";
    story.assertCached(query);
    try (Client first = story.client();
        Client second = story.client();
        Statement one = first.connection().createStatement();
        Statement two = second.connection().createStatement();
        ResultSet ofFirst = one.executeQuery(query);
        ResultSet ofSecond = two.executeQuery(query)) {
      story.same("v1", next(ofFirst), "the first reader's first row");
      story.same("v1", next(ofSecond), "the second reader's first row");
      story.same("w1", next(ofSecond), "the second reader's second row");
      ofSecond.close();
      story.same("w1", next(ofFirst), "the first reader's second row");
    }
  }

  private static String next(ResultSet rows) throws SQLException {
    return rows.next() ? rows.getString(1) : "the end";
  }
}
