package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

final class RepeatedReads implements Probe {

  @Override
  public String sentence() {
    return "A query that is asked again is answered from memory, whatever its shape, prepared "
        + "or not.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.assertCached(TITLE);
    story.assertCached("select title from book where id = ?", 2);
    story.assertCached("select count(*), max(title) from book");
    story.assertCached("select a.title, b.title from book a join book b on b.id = a.id + 1");
    story.assertCached("select title from book order by title desc");
    boolean cached = false;
    for (int time = 0; time < 6 && !cached; time++) {
      cached = story.isFromMemory(client -> story.same("v1", prepared(client), TITLE));
    }
    if (!cached) {
      story.assertNotCached("prepared: " + TITLE);
    }
  }

  private static String prepared(Client client) throws SQLException {
    try (PreparedStatement statement = client.connection().prepareStatement(TITLE);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? rows.getString(1) : "no rows";
    }
  }
}
