package dev.larder.jdbc.internal.source;

import static dev.larder.jdbc.internal.source.Elsewhere.TITLE;
import static dev.larder.jdbc.internal.source.Elsewhere.until;

import dev.larder.testkit.TestDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;

/**
 * Two nodes in two JVMs over one database: what one writes the other sees, and a node that is
 * killed after its commit and before it could say so leaves nothing old beyond the bound. Used by
 * one thread.
 */
public final class TwoNodes {

  /** {@code larder.max-staleness} of the settings that are given here. */
  public static final long BOUND_MILLIS = 500;

  private TwoNodes() {}

  /** Kills the other node that many times. */
  public static void run(TestDatabase database, String[] settings, int kills)
      throws IOException, SQLException {
    Elsewhere.shelve(database);
    try (Elsewhere here = new Elsewhere(database, settings)) {
      here.untilCovered();
      for (int i = 1; i <= kills; i++) {
        OtherNode other = OtherNode.start(database, settings);
        try {
          other.untilCovered();
          eachSeesTheOther(here, other, "round " + i);
          anOldAnswerIsServed(here);
          other.commitAndHang("update book set title = 'killed " + i + "' where id = 1");
          long committed = System.nanoTime();
          other.kill();
          here.assertSeen("killed " + i, committed, BOUND_MILLIS);
          here.assertStaysSeen("killed " + i, BOUND_MILLIS);
        } finally {
          other.kill();
        }
        until("it covers again", here::covers);
      }
    }
  }

  private static void eachSeesTheOther(Elsewhere here, OtherNode other, String title)
      throws SQLException {
    here.writtenBy(other::write).writeAndSee("there, " + title);
    other.read(TITLE);
    String mine = "here, " + title;
    here.execute("update book set title = '" + mine + "' where id = 1");
    until("the other node sees it", () -> other.read(TITLE).equals(mine));
  }

  /** So that what follows is about what the nodes tell each other, not about the age bound. */
  public static void anOldAnswerIsServed(Elsewhere here) {
    until(
        "an answer older than the bound is served",
        () -> {
          here.keep(TITLE);
          LockSupport.parkNanos((BOUND_MILLIS + 100) * 1_000_000);
          return here.isHit(TITLE);
        });
  }
}
