package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;

final class CommittedWrite implements Probe {

  @Override
  public String sentence() {
    return "What a transaction wrote is seen by itself at once and by all others from its "
        + "COMMIT on.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.assertCached(TITLE);
    try (Client writer = story.client()) {
      writer.begin();
      writer.expects("v1", TITLE);
      writer.run("update book set title = 'v2' where id = 1");
      writer.expects("v2", TITLE);
      story.expects("v1", TITLE);
      writer.commit();
      story.assertRight(TITLE);
      writer.run("update book set title = 'v3' where id = 1");
      story.expects("v2", TITLE);
      writer.connection().setAutoCommit(true);
    }
    story.assertRight(TITLE);
  }
}
