package dev.larder.conformance.probe;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

final class MaximumRows implements Probe {

  @Override
  public String sentence() {
    return "An answer cut short by setMaxRows is not given to one who asks for all rows, nor "
        + "the other way round.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.given("insert into book values (3, 'x1'), (4, 'y1'), (5, 'z1')");
    String query = "select id from book order by id";
    for (int maximum : new int[] {2, 0, 3, 2, 0}) {
      story.assertAlike(connection -> first(connection, query, maximum));
    }
    story.assertCached(query);
  }

  private static String first(Connection connection, String query, int maximum)
      throws SQLException {
    StringBuilder ids = new StringBuilder();
    try (Statement statement = connection.createStatement()) {
      statement.setMaxRows(maximum);
      try (ResultSet rows = statement.executeQuery(query)) {
        while (rows.next()) {
          ids.append(rows.getString(1));
        }
      }
    }
    return ids.toString();
  }
}
