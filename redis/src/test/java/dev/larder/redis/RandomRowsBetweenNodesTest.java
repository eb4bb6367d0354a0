package dev.larder.redis;

import dev.larder.jdbc.RandomRows;
import dev.larder.testkit.Databases;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever one node writes, an answer from the memory of another is the database's own, once it has
 * heard of it.
 */
final class RandomRowsBetweenNodesTest {

  @Test
  void someRounds() throws Exception {
    run(Product.H2, 40);
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource(Product.class)
  void manyRounds(Product product) throws Exception {
    run(product, 3_000);
  }

  private static void run(Product product, int rounds) throws Exception {
    try (TestDatabase database = Databases.fresh(product);
        NodePair nodes = NodePair.over(database);
        Connection written = nodes.writer.getConnection();
        Connection read = nodes.reader.getConnection()) {
      new RandomRows(database, nodes.reader, nodes::meet).run(written, read, rounds);
    }
  }
}
