package dev.larder.conformance.probe;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class PartitionAttachedLater implements Probe {

  @Override
  public String sentence() {
    return "A partition that is attached or detached brings and takes its rows, and is part of "
        + "the whole from then on.";
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
        "create table book_b (id int primary key, title text)",
        "insert into book values (1, 'v1')",
        "insert into book_b values (11, 'w1')");
    String count = "select count(*) from book";
    String late = "select title from book where id = 11";
    story.assertCached(count);
    story.through("alter table book attach partition book_b for values from (10) to (20)");
    story.assertRight(count);
    story.assertCached(late);
    story.through("update book_b set title = 'w2' where id = 11");
    story.assertRight(late);
    story.assertCached(count);
    story.through("alter table book detach partition book_b");
    story.assertRight(count);
    story.assertRight(late);
  }
}
