package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;

final class OtherUser implements Probe {

  @Override
  public String sentence() {
    return "A database user without a grant is refused what another user has in memory.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    String user = story.givenUser("stranger");
    story.assertCached(TITLE);
    try (Client stranger = story.clientAs(user)) {
      stranger.assertRefused(TITLE);
      stranger.assertRefused(TITLE);
    }
    story.assertRight(TITLE);
  }
}
