package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;

final class CloseWithoutCommit implements Probe {

  @Override
  public String sentence() {
    return "A connection closed with its transaction open commits nothing that the driver "
        + "would not commit.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.assertCached(TITLE);
    try (Client writer = story.client()) {
      writer.begin();
      writer.run("update book set title = 'never' where id = 1");
      writer.expects("never", TITLE);
    }
    story.expects("v1", TITLE);
    story.assertRight(TITLE);
  }
}
