package dev.larder.redis;

import static dev.larder.jdbc.internal.source.Elsewhere.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.redis.TierNodes.Node;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.SQLException;

/** What a node that starts may use of what others kept before it was there. */
final class WarmRestartTest {

  private static final int NOT_THERE = -1;

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
      all.meet();
      all.settle();
      until("no commit is under way, during which nothing is looked for", () -> looks(fresh));
      long queries = fresh.below.queries();
      assertThat(fresh.title(1)).isEqualTo("v0");
      assertThat(fresh.title(2)).isEqualTo("w0");
      assertThat(fresh.title(3)).isEqualTo("x1");
      assertThat(fresh.below.queries()).as(fresh.counts()).isEqualTo(queries);
      stays.write("update book set title = 'v1' where id = 1");
      until("it hears", () -> fresh.title(1).equals("v1"));
    }
  }

  private static boolean looks(Node node) throws SQLException {
    long before = node.count("bypassed");
    node.forget();
    node.title(NOT_THERE);
    return node.count("bypassed") == before;
  }
}
