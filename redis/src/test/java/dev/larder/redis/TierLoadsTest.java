package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.redis.TierNodes.Node;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How often the database runs a query for an answer that died, and which all nodes ask for. */
@Tag("long")
final class TierLoadsTest {

  private static final int NODES = 4;
  private static final int SECONDS = Integer.getInteger("larder.test.seconds", 20);
  private static final int PER_SECOND = Integer.getInteger("larder.test.rate", 250);
  private static final int QUERY_MILLIS = Integer.getInteger("larder.test.query", 20);
  private static final long SEED = Long.getLong("larder.test.seed", System.nanoTime());

  @Test
  void oneNodeReadsForAll() throws Exception {
    try (TestDatabase database = Databases.postgres();
        TierNodes all = TierNodes.over(database, NODES)) {
      TierLoad.shelve(all);
      all.nodes.forEach(node -> node.below.delay(Duration.ofMillis(QUERY_MILLIS)));
      TierLoad load = new TierLoad(all, PER_SECOND, SEED).warm();
      new TierLoad(all, PER_SECOND, SEED + 1).run(Duration.ofSeconds(3));
      long before = queries(all);
      load.run(Duration.ofSeconds(SECONDS));
      long queries = queries(all) - before;
      System.out.printf(
          "seed %d: %d reads, %d writes, %d answers that died and were asked for again, %d queries:"
              + " %.3f for each%n",
          SEED,
          load.reads(),
          load.writes(),
          load.diedAndWereAskedFor(),
          queries,
          (double) queries / load.diedAndWereAskedFor());
      for (Node node : all.nodes) {
        System.out.println(node.counts() + node.statistics());
      }
      assertThat(queries).isLessThan(3 * load.diedAndWereAskedFor());
    }
  }

  private static long queries(TierNodes all) {
    return all.nodes.stream().mapToLong(node -> node.below.queries()).sum();
  }
}
