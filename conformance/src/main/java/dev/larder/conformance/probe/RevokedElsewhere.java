package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;

final class RevokedElsewhere implements Probe {

  @Override
  public String sentence() {
    return "A right revoked by another program is gone when max-staleness has passed.";
  }

  @Override
  public Writers writers() {
    return Writers.ANYONE;
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    String user = story.givenUser("reader");
    story.given("grant select on book to " + user);
    try (Client reader = story.clientAs(user)) {
      reader.expects("v1", TITLE);
      reader.expects("v1", TITLE);
    }
    story.elsewhere("revoke select on book from " + user);
    story.maxStalenessPasses();
    try (Client reader = story.clientAs(user)) {
      reader.assertRefused(TITLE);
    }
  }
}
