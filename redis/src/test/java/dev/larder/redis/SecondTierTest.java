package dev.larder.redis;

import static dev.larder.jdbc.internal.source.Elsewhere.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.redis.TierNodes.Node;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;

/** Answers that one node has read and another uses, and those that it must not use. */
final class SecondTierTest {

  @EachDatabase({Product.POSTGRESQL, Product.H2})
  void anAnswerThatAnotherNodeHasReadIsUsed(TestDatabase database) throws Exception {
    try (TierNodes all = TierNodes.over(database, 2)) {
      Node one = all.nodes.get(0);
      Node other = all.nodes.get(1);
      assertThat(one.kept(1)).isEqualTo("v0");
      long queries = other.below.queries();
      assertThat(other.title(1)).isEqualTo("v0");
      assertThat(other.count("hit")).isEqualTo(1);
      assertThat(other.below.queries()).isEqualTo(queries);
    }
  }

  @EachDatabase({Product.POSTGRESQL, Product.H2})
  void aWriteOnAnyNodeEndsItForAll(TestDatabase database) throws Exception {
    try (TierNodes all = TierNodes.over(database, 3)) {
      Node one = all.nodes.get(0);
      Node two = all.nodes.get(1);
      Node three = all.nodes.get(2);
      one.kept(1);
      for (int i = 1; i <= 20; i++) {
        String title = "v" + i;
        Node writer = all.nodes.get(i % 3);
        writer.write("update book set title = '" + title + "' where id = 1");
        assertThat(writer.title(1)).isEqualTo(title);
        until("one hears", () -> one.title(1).equals(title));
        until("two hears", () -> two.title(1).equals(title));
        until("three hears", () -> three.title(1).equals(title));
      }
      long hits = one.count("hit") + two.count("hit") + three.count("hit");
      assertThat(hits).isPositive();
    }
  }
}
