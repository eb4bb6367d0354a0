package dev.larder.redis;

import static dev.larder.jdbc.internal.source.TwoNodes.BOUND_MILLIS;

import dev.larder.jdbc.history.MutantLoader;
import dev.larder.jdbc.internal.source.Elsewhere;
import dev.larder.jdbc.internal.source.TwoNodes;
import dev.larder.testkit.Databases;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.RedisServer;
import dev.larder.testkit.TestDatabase;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two nodes that hear of each other through Redis, or cannot reach it. */
class RedisTwoNodesTest {

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

  @Test
  @Tag("long")
  void overRedis() throws Exception {
    try (TestDatabase database = Databases.postgres()) {
      TwoNodes.run(database, redis(database), 1);
    }
  }

  @Test
  @Tag("long")
  void overRedisAgainAndAgain() throws Exception {
    try (TestDatabase database = Databases.postgres()) {
      TwoNodes.run(database, redis(database), 10);
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
      TwoNodes.anOldAnswerIsServed(here);
      here.writtenBy(sql -> Elsewhere.execute(lost, sql));
      for (int i = 1; i <= 3; i++) {
        here.assertStaleness("lost " + i, BOUND_MILLIS);
      }
      closing.close();
      TwoNodes.anOldAnswerIsServed(here);
    }
  }
}
