package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import java.sql.Connection;

final class ReadCommittedSeesCommits implements Probe {

  @Override
  public String sentence() {
    return "A READ COMMITTED transaction sees each commit of others at its next statement.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.assertCached(TITLE);
    try (Client reader = story.client()) {
      reader.begin(Connection.TRANSACTION_READ_COMMITTED);
      reader.expects("v1", TITLE);
      story.through("update book set title = 'v2' where id = 1");
      reader.expects("v2", TITLE);
      story.through("update book set title = 'v3' where id = 1");
      reader.expects("v3", TITLE);
      reader.commit();
    }
  }
}
