package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import java.sql.PreparedStatement;
import java.sql.Statement;

final class EveryWayToRunAWrite implements Probe {

  @Override
  public String sentence() {
    return "executeUpdate, executeLargeUpdate, execute, generated keys and repeated prepared "
        + "statements all count.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.assertCached(TITLE);
    try (Client client = story.client();
        Statement plain = client.connection().createStatement();
        PreparedStatement prepared =
            client.connection().prepareStatement("update book set title = ? where id = 1");
        PreparedStatement keys =
            client
                .connection()
                .prepareStatement(
                    "update book set title = 'v7' where id = 1", Statement.RETURN_GENERATED_KEYS)) {
      plain.executeUpdate("update book set title = 'v2' where id = 1");
      story.assertRight(TITLE);
      plain.execute("update book set title = 'v3' where id = 1");
      story.assertRight(TITLE);
      plain.executeLargeUpdate("update book set title = 'v4' where id = 1");
      story.assertRight(TITLE);
      prepared.setString(1, "v5");
      prepared.executeUpdate();
      story.assertRight(TITLE);
      prepared.setString(1, "v6");
      prepared.execute();
      story.assertRight(TITLE);
      keys.executeUpdate();
      story.assertRight(TITLE);
      prepared.setString(1, "v8");
      prepared.executeLargeUpdate();
      story.assertRight(TITLE);
    }
  }
}
