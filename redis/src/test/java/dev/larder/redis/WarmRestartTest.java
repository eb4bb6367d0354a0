package dev.larder.redis;

import static dev.larder.jdbc.internal.source.Elsewhere.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.redis.TierNodes.Node;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.time.Duration;

/** What a node that starts may use of what others kept before it was there. */
final class WarmRestartTest {

  @EachDatabase({Product.POSTGRESQL, Product.H2})
  void aNodeThatTakesAnothersPlaceUsesWhatWasKeptBefore(TestDatabase database) throws Exception {
    try (TierNodes all = TierNodes.over(database, 2)) {
      Node stays = all.nodes.get(0);
      Node leaves = all.nodes.get(1);
      stays.kept(1);
      leaves.kept(2);
      all.nodes.remove(leaves);
      leaves.close();
      stays.write("update book set title = 'x1' where id = 3");
      stays.kept(3);
      Node fresh = all.open();
      // However busy the machine is, it is worth its while to look for what is there.
      fresh.below.delay(Duration.ofMillis(50));
      all.meet();
      all.settle();
      long queries = fresh.below.queries();
      assertThat(fresh.title(1)).isEqualTo("v0");
      assertThat(fresh.title(2)).isEqualTo("w0");
      assertThat(fresh.title(3)).isEqualTo("x1");
      assertThat(fresh.below.queries()).as(fresh.counts()).isEqualTo(queries);
      stays.write("update book set title = 'v1' where id = 1");
      until("it hears", () -> fresh.title(1).equals("v1"));
    }
  }
}
