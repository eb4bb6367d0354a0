package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.redis.TierNodes.Node;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How often the database runs a query for an answer that died, and which all nodes ask for. */
@Tag("long")
final class TierLoadsTest {

  private static final int NODES = 4;
  private static final int SECONDS = Integer.getInteger("larder.test.seconds", 20);
  private static final int PER_SECOND = Integer.getInteger("larder.test.rate", 250);
  private static final int QUERY_MILLIS = Integer.getInteger("larder.test.query", 20);
  private static final int KEYS_OF_A_RESTART = 600;
  private static final int WINDOWS = 8;
  private static final long SEED = Long.getLong("larder.test.seed", System.nanoTime());

  @Test
  void oneNodeReadsForAll() throws Exception {
    int keys = 100;
    try (TestDatabase database = Databases.postgres();
        TierNodes all = TierNodes.over(database, NODES)) {
      TierLoad.shelve(all, keys);
      all.nodes.forEach(node -> node.below.delay(Duration.ofMillis(QUERY_MILLIS)));
      TierLoad load = new TierLoad(all, keys, PER_SECOND, SEED).warm();
      new TierLoad(all, keys, PER_SECOND, SEED + 1).run(all.nodes, Duration.ofSeconds(3));
      long before = queries(all);
      load.run(all.nodes, Duration.ofSeconds(SECONDS));
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

  /**
   * What a node that starts asks the database for in its first seconds, with what the tier holds of
   * the time before, and without.
   */
  @Test
  void aRestart() throws Exception {
    int keys = KEYS_OF_A_RESTART;
    try (TestDatabase database = Databases.postgres();
        TierNodes all = TierNodes.over(database, NODES)) {
      TierLoad.shelve(all, keys);
      all.nodes.forEach(node -> node.below.delay(Duration.ofMillis(QUERY_MILLIS)));
      TierLoad load = new TierLoad(all, keys, PER_SECOND, SEED).warm();
      load.run(all.nodes, Duration.ofSeconds(5));
      double warm = restarted(all, false);
      double cold = restarted(all, true);
      System.out.printf("seed %d: %.3f of the queries of a cold start%n", SEED, warm / cold);
      assertThat(warm).isLessThan(cold);
    }
  }

  /** How many queries a node asks for that takes the place of another while all are asked. */
  private static long restarted(TierNodes all, boolean forgets) throws Exception {
    int keys = KEYS_OF_A_RESTART;
    all.nodes.remove(NODES - 1).close();
    List<Node> others = List.copyOf(all.nodes);
    Thread beside = new Thread(() -> run(all, others, WINDOWS + 2));
    beside.start();
    if (forgets) {
      all.forgetValues();
    }
    long began = System.nanoTime();
    Node fresh = all.open();
    fresh.below.delay(Duration.ofMillis(QUERY_MILLIS));
    StringBuilder windows = new StringBuilder();
    for (int second = 0; second < WINDOWS; second++) {
      TierLoad asked = new TierLoad(all, keys, PER_SECOND, SEED + second);
      long before = fresh.below.queries();
      asked.run(List.of(fresh), Duration.ofSeconds(1));
      long queries = fresh.below.queries() - before;
      windows.append(
          String.format(" %.3f of %d;", 1 - (double) queries / asked.reads(), asked.reads()));
    }
    System.out.printf(
        "%s: %d queries in %.1f s; answered without the database, second by second:%s%n%s%n",
        forgets ? "cold" : "warm",
        fresh.below.queries(),
        (System.nanoTime() - began) / 1e9,
        windows,
        fresh.counts());
    beside.join();
    return fresh.below.queries();
  }

  private static void run(TierNodes all, List<Node> nodes, int seconds) {
    int keys = KEYS_OF_A_RESTART;
    try {
      new TierLoad(all, keys, PER_SECOND, SEED).run(nodes, Duration.ofSeconds(seconds));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static long queries(TierNodes all) {
    return all.nodes.stream().mapToLong(node -> node.below.queries()).sum();
  }
}
