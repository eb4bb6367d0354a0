package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import java.sql.Connection;

final class OldSnapshotIsNotShared implements Probe {

  @Override
  public String sentence() {
    return "What an old snapshot still sees is not given to others.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    try (Client reader = story.client()) {
      reader.begin(Connection.TRANSACTION_REPEATABLE_READ);
      reader.expects("2", "select count(*) from book");
      story.through("update book set title = 'v2' where id = 1");
      reader.expects("v1", TITLE);
      reader.expects("v1", TITLE);
      story.expects("v2", TITLE);
      reader.commit();
    }
    story.assertRight(TITLE);
  }
}
