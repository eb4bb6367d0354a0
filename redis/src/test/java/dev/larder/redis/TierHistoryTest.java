package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.redis.TierNodes.Node;
import dev.larder.testkit.Databases;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random histories over three nodes whose common memory is spoilt; the seed is printed. */
final class TierHistoryTest {

  private static final long SEED = Long.getLong("larder.test.seed", System.nanoTime());

  @Test
  void aShortOne() throws Exception {
    run(Product.POSTGRESQL, 5, 60);
  }

  @Test
  @Tag("long")
  void aLongOne() throws Exception {
    run(Product.POSTGRESQL, Integer.getInteger("larder.test.rounds", 60), 400);
    run(Product.H2, Integer.getInteger("larder.test.rounds", 60), 400);
  }

  private static void run(Product product, int rounds, int operations) throws Exception {
    try (TestDatabase database = Databases.fresh(product);
        TierNodes all = TierNodes.over(database, 3);
        TierHistory history = new TierHistory(all, Databases.redis(), SEED)) {
      TierHistory.shelve(all);
      for (Node node : all.nodes) {
        for (int i = 0; i < 12; i++) {
          node.read("select shelf from book where id = ?", 2_000 + i);
        }
      }
      List<String> anomalies = history.run(rounds, operations);
      long hits = 0;
      for (Node node : all.nodes) {
        hits += node.count("hit");
      }
      System.out.printf(
          "%s: seed %d, %d reads checked, %d of them from the tier%n",
          product, SEED, history.reads(), hits);
      assertThat(anomalies).isEmpty();
      assertThat(hits).isPositive();
    }
  }
}
