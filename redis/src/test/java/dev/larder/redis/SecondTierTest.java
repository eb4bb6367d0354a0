package dev.larder.redis;

import static dev.larder.jdbc.internal.source.Elsewhere.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.redis.TierNodes.Node;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** Answers that one node has read and another uses, and those that it must not use. */
final class SecondTierTest {

  @Tag("long")
  @EachDatabase(Product.MARIADB)
  void itIsOnMariaDbToo(TestDatabase database) throws Exception {
    anAnswerThatAnotherNodeHasReadIsUsed(database);
  }

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

  /** Those who miss together do not all ask the database. */
  @EachDatabase(Product.POSTGRESQL)
  void oneNodeLoadsWhatAllAskFor(TestDatabase database) throws Exception {
    int writes = 40;
    try (TierNodes all = TierNodes.over(database, 4)) {
      all.nodes.forEach(node -> node.below.delay(Duration.ofMillis(20)));
      for (Node node : all.nodes) {
        node.ready();
      }
      long before = queries(all);
      for (int i = 1; i <= writes; i++) {
        all.nodes.get(i % 4).write("update book set title = 'v" + i + "' where id = 1");
        all.settle();
        List<Thread> threads = new ArrayList<>();
        for (Node node : all.nodes) {
          Thread thread = new Thread(() -> title(node));
          thread.start();
          threads.add(thread);
        }
        for (Thread thread : threads) {
          thread.join();
        }
        assertThat(title(all.nodes.get(0))).isEqualTo("v" + i);
      }
      double each = (double) (queries(all) - before) / writes;
      System.out.printf("%.2f executions for each answer that died, of 4 without%n", each);
      assertThat(each).isLessThan(3);
    }
  }

  private static String title(Node node) {
    try {
      return node.title(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long queries(TierNodes all) {
    return all.nodes.stream().mapToLong(node -> node.below.queries()).sum();
  }
}
