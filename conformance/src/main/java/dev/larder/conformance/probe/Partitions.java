package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class Partitions implements Probe {

  @Override
  public String sentence() {
    return "A write to a partition shows in the whole and the other way round.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.given(
        "create table book (id int primary key, title text) partition by range (id)",
        "create table book_a partition of book for values from (0) to (10)",
        "create table book_b partition of book for values from (10) to (20)",
        "insert into book values (1, 'v1'), (11, 'w1')");
    story.assertCached(TITLE);
    story.assertCached("select title from book_a where id = 1");
    story.assertCached("select count(*) from book_b");
    story.through("update book_a set title = 'v2' where id = 1");
    story.assertRight(TITLE);
    story.through("update book set title = 'v3' where id = 1");
    story.assertRight("select title from book_a where id = 1");
    story.through("update book set id = 12 where id = 1");
    story.assertRight("select count(*) from book_b");
    story.assertRight("select title from book_a where id = 1");
    story.assertRight(TITLE);
  }
}
