package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import java.sql.SQLException;

final class HitWithoutTheDatabase implements Probe {

  @Override
  public String sentence() {
    return "An answer from memory needs no connection: it comes even while the pool has none "
        + "to give.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.assertCached(TITLE);
    story.whileTheDatabaseIsGone(
        () -> {
          try {
            story.expects("v1", TITLE);
          } catch (SQLException asked) {
            story.assertNotCached("without a connection: " + TITLE);
          }
        });
  }
}
