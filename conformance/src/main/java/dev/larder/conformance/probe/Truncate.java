package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;

final class Truncate implements Probe {

  @Override
  public String sentence() {
    return "TRUNCATE is a write.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.assertCached(TITLE);
    story.through("truncate table book");
    story.assertRight(TITLE);
  }
}
