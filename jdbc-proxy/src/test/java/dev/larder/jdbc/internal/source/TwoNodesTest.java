package dev.larder.jdbc.internal.source;

import static dev.larder.jdbc.internal.source.Elsewhere.TITLE;
import static dev.larder.jdbc.internal.source.Elsewhere.until;

import dev.larder.jdbc.history.MutantLoader;
import dev.larder.testkit.Databases;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.RedisServer;
import dev.larder.testkit.TestDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two nodes in two JVMs over one database: what one writes the other sees, and a node that is
 * killed after its commit and before it could say so leaves nothing old beyond the bound.
 */
class TwoNodesTest {

  private static final long BOUND_MILLIS = 500;

  private static String[] redis(TestDatabase database) {
    RedisServer redis = Databases.redis();
    return new String[] {
      "larder.writers",
      "larder-nodes",
      "larder.max-staleness",
      BOUND_MILLIS + "ms",
      "larder.commit.quarantine",
      "2s",
      "larder.invalidation.redis",
      "redis://" + redis.host() + ":" + redis.port(),
      "larder.invalidation.redis.cluster",
      database.name(),
      "larder.invalidation.redis.secret",
      "correct horse battery staple"
    };
  }

  private static String[] logical(TestDatabase database) {
    return new String[] {
      "larder.invalidation.postgres",
      "logical",
      "larder.max-staleness",
      BOUND_MILLIS + "ms",
      "larder.invalidation.postgres.url",
      Elsewhere.withUser(database, database.url())
    };
  }

  @Test
  @Tag("long")
  void overRedis() throws Exception {
    try (TestDatabase database = Databases.postgres()) {
      run(database, redis(database), 1);
    }
  }

  @Test
  @Tag("long")
  void overRedisAgainAndAgain() throws Exception {
    try (TestDatabase database = Databases.postgres()) {
      run(database, redis(database), 10);
    }
  }

  @Test
  @Tag("long")
  void overLogicalReplication() throws Exception {
    try (TestDatabase database = Databases.postgres()) {
      run(database, logical(database), 10);
    }
  }

  /** Nobody can miss a node of which nobody has heard; it is told of through the database. */
  @EachDatabase({Product.POSTGRESQL, Product.MARIADB})
  @Tag("long")
  void aNodeThatNeverReachesTheOthersIsSeenInTheDatabase(TestDatabase database) throws Exception {
    Elsewhere.shelve(database);
    Properties unreachable = new Properties();
    String[] settings = redis(database);
    for (int i = 0; i < settings.length; i += 2) {
      unreachable.setProperty(settings[i], settings[i + 1]);
    }
    unreachable.setProperty("larder.invalidation.redis", "redis://127.0.0.1:1");
    DataSource lost = new MutantLoader(Map.of()).wrap(database.dataSource(), unreachable);
    try (AutoCloseable closing = (AutoCloseable) lost;
        Elsewhere here = new Elsewhere(database, settings)) {
      here.untilCovered();
      anOldAnswerIsServed(here);
      here.writtenBy(sql -> Elsewhere.execute(lost, sql));
      for (int i = 1; i <= 3; i++) {
        here.assertStaleness("lost " + i, BOUND_MILLIS);
      }
      closing.close();
      anOldAnswerIsServed(here);
    }
  }

  private static void run(TestDatabase database, String[] settings, int kills)
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
  private static void anOldAnswerIsServed(Elsewhere here) {
    until(
        "an answer older than the bound is served",
        () -> {
          here.keep(TITLE);
          LockSupport.parkNanos((BOUND_MILLIS + 100) * 1_000_000);
          return here.isHit(TITLE);
        });
  }
}
