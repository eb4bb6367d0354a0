package dev.larder.redis;

import static dev.larder.jdbc.internal.source.Elsewhere.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.internal.source.Elsewhere;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.SQLException;

/** What one node writes is forgotten at the others row by row, as it is on that node. */
final class RowsBetweenNodesTest {

  private static final String OTHER = "select title from book where id = 2";

  @EachDatabase(Product.POSTGRESQL)
  void aWriteByIdIsForgottenByThatIdAlone(TestDatabase database) throws Exception {
    database.execute(
        "create table book (id int primary key, title varchar(50), price int)",
        "insert into book values (1, 'v0', 1), (2, 'w0', 2)");
    try (NodePair nodes = NodePair.over(database)) {
      spares(nodes, "update book set title = 'v1' where id = 1", byId(1), "v1");
      spares(nodes, "insert into book (id, title) values (3, 'x')", byId(3), "x");
      spares(nodes, "delete from book where id = 3", byId(3), "nothing");
      spares(nodes, "update book set price = 3", "select price from book where id = 2", "3");
      forgets(nodes, "update book set title = 'w1' where price = 3", "w1");
      forgets(nodes, "update book set title = 'w2' where id = 2", "w2");
      forgets(nodes, manyRows(2_000), "w2");
    }
  }

  private static String byId(int id) {
    return "select title from book where id = " + id;
  }

  /** So many values are not told; the whole table is. */
  private static String manyRows(int rows) {
    StringBuilder ids = new StringBuilder("3");
    for (int id = 4; id < rows; id++) {
      ids.append(", ").append(id);
    }
    return "delete from book where id in (" + ids + ")";
  }

  /**
   * The answer that the write concerns is another one, and the other is still in memory: unless a
   * connection was lost just then, so it is looked at more than once.
   */
  private static void spares(NodePair nodes, String write, String concerned, String answer) {
    until(
        "it stays in memory after " + write,
        () -> {
          nodes.keep(concerned);
          boolean isSpared = isStillThereAfter(nodes, write);
          assertThat(Elsewhere.read(nodes.reader, concerned)).as(write).isEqualTo(answer);
          return isSpared;
        });
  }

  private static void forgets(NodePair nodes, String write, String answer) throws SQLException {
    assertThat(isStillThereAfter(nodes, write)).as("in memory after %s", write).isFalse();
    assertThat(Elsewhere.read(nodes.reader, OTHER)).as(write).isEqualTo(answer);
  }

  private static boolean isStillThereAfter(NodePair nodes, String write) throws SQLException {
    nodes.keep(OTHER);
    Elsewhere.execute(nodes.writer, write);
    nodes.meet();
    return nodes.isHit(OTHER);
  }
}
