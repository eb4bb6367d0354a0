package dev.larder.redis;

import dev.larder.redis.TierNodes.Node;
import dev.larder.testkit.Databases;
import dev.larder.testkit.RedisServer;
import dev.larder.testkit.Relay;
import dev.larder.testkit.TestDatabase;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a miss takes while the tier hangs, is slow or is gone, and what it takes without a tier: the
 * two take turns, from the moment at which the trouble begins.
 */
@Tag("long")
final class TierMissCostTest {

  private static final int TIMES = Integer.getInteger("larder.test.times", 1_000);
  private static final Duration QUERY = Duration.ofMillis(10);
  private static final Duration SLOW = Duration.ofMillis(15);

  private enum Trouble {
    HANGS,
    SLOW,
    LATE,
    STOPPED
  }

  @Test
  void theNinetyNinthPercentile() throws Exception {
    for (Trouble trouble : Trouble.values()) {
      measure(trouble);
    }
  }

  private static void measure(Trouble trouble) throws Exception {
    RedisServer server = Databases.redis();
    Relay relay = Relay.to(server.host(), server.port());
    try (TestDatabase database = Databases.h2();
        TierNodes all = new TierNodes(database)) {
      TierNodes.shelve(database);
      all.set("larder.tier.redis", "redis://127.0.0.1:" + relay.port());
      all.set("larder.tier.redis.timeout", "20ms");
      Node tiered = all.open().ready();
      Node plain = all.withoutTier().open();
      tiered.below.delay(QUERY);
      plain.below.delay(QUERY);
      for (int i = 0; i < TIMES / 4; i++) {
        miss(tiered);
        miss(plain);
      }
      long asked = asked(tiered);
      begin(trouble, relay);
      long[] with = new long[TIMES];
      long[] without = new long[TIMES];
      for (int i = 0; i < TIMES; i++) {
        with[i] = miss(tiered);
        without[i] = miss(plain);
      }
      System.out.printf(
          Locale.ROOT,
          "%s: p50 %.2f ms, without a tier %.2f; p99 %.2f ms, without %.2f: %+.1f %%; %d of %d"
              + " asked the tier%n",
          trouble,
          at(with, 0.5),
          at(without, 0.5),
          at(with, 0.99),
          at(without, 0.99),
          100 * (at(with, 0.99) / at(without, 0.99) - 1),
          asked(tiered) - asked,
          TIMES);
    } finally {
      relay.close();
    }
  }

  private static void begin(Trouble trouble, Relay relay) {
    switch (trouble) {
      case HANGS -> relay.holdReplies();
      case SLOW -> relay.delayReplies(SLOW);
      case LATE -> relay.delayReplies(SLOW.multipliedBy(4));
      case STOPPED -> {
        relay.close();
        relay.cut();
      }
    }
  }

  /** How many misses have waited for the tier, answered or not. */
  private static long asked(Node node) throws Exception {
    return node.count("look-ups") + node.count("late") + node.count("failed");
  }

  private static long miss(Node node) throws Exception {
    node.forget();
    long began = System.nanoTime();
    node.title(1);
    return System.nanoTime() - began;
  }

  private static double at(long[] nanos, double part) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[(int) (part * sorted.length)] / 1e6;
  }
}
