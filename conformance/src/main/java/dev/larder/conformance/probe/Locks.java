package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Story;

/** A lock, and what its holder reads while it is held. */
final class Locks {

  private Locks() {}

  /**
   * A client who holds a lock reads what another program has written just before, however old an
   * answer may be otherwise.
   *
   * @param inTransaction whether the lock belongs to a transaction
   * @param release gives it back, or nothing where it ends with its transaction
   */
  static void readNewest(Story story, boolean inTransaction, String lock, String... release)
      throws Exception {
    story.given("update book set title = 'before' where id = 1");
    story.maxStalenessPasses();
    story.assertRight(TITLE);
    story.elsewhere("update book set title = 'newest' where id = 1");
    try (Client client = story.client()) {
      if (inTransaction) {
        client.begin();
      }
      client.run(lock);
      client.expects("newest", TITLE);
      if (inTransaction) {
        client.rollback();
      }
      for (String sql : release) {
        client.run(sql);
      }
    }
  }
}
