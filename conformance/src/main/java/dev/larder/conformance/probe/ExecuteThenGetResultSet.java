package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

final class ExecuteThenGetResultSet implements Probe {

  @Override
  public String sentence() {
    return "A query run by execute() and fetched by getResultSet() is cached like one run by "
        + "executeQuery().";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    boolean cached = false;
    for (int time = 0; time < 6 && !cached; time++) {
      cached = story.isFromMemory(client -> story.same("v1", executed(client), TITLE));
    }
    if (!cached) {
      story.assertNotCached("execute(): " + TITLE);
    }
    story.through("update book set title = 'v2' where id = 1");
    try (Client client = story.client()) {
      story.same("v2", executed(client), TITLE);
    }
  }

  private static String executed(Client client) throws SQLException {
    try (PreparedStatement statement = client.connection().prepareStatement(TITLE)) {
      statement.execute();
      try (ResultSet rows = statement.getResultSet()) {
        rows.next();
        return rows.getString(1);
      }
    }
  }
}
