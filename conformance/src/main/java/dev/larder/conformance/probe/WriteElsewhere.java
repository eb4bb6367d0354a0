package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;

final class WriteElsewhere implements Probe {

  @Override
  public String sentence() {
    return "A write that does not go through the cache is seen when max-staleness has passed.";
  }

  @Override
  public Writers writers() {
    return Writers.ANYONE;
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.assertCached(TITLE);
    story.elsewhere("update book set title = 'v2' where id = 1");
    story.maxStalenessPasses();
    story.assertRight(TITLE);
  }
}
