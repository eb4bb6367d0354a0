package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import java.sql.SQLException;

final class LockingReads implements Probe {

  @Override
  public String sentence() {
    return "SELECT ... FOR UPDATE takes its locks, even if the rows are in memory.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.assertCached(TITLE);
    String locking = TITLE + " for update";
    story.through(locking, locking);
    try (Client holder = story.client()) {
      holder.begin();
      holder.expects("v1", locking);
      try {
        story.given(TITLE + " for update nowait");
      } catch (SQLException locked) {
        return;
      } finally {
        holder.rollback();
      }
    }
    story.same("a lock", "no lock", locking);
  }
}
