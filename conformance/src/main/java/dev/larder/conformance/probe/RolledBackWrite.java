package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;

final class RolledBackWrite implements Probe {

  @Override
  public String sentence() {
    return "What a transaction wrote and read but never committed is seen by nobody else, "
        + "before or after its ROLLBACK.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.assertCached(TITLE);
    try (Client writer = story.client()) {
      writer.begin();
      writer.run("update book set title = 'never' where id = 1");
      for (int time = 0; time < 3; time++) {
        writer.expects("never", TITLE);
        story.expects("v1", TITLE);
      }
      writer.rollback();
      writer.expects("v1", TITLE);
      writer.rollback();
    }
    story.assertRight(TITLE);
  }
}
