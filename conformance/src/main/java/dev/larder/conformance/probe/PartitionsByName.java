package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class PartitionsByName implements Probe {

  @Override
  public String sentence() {
    return "A write to the whole shows in SELECT ... PARTITION.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.MARIADB, Product.MYSQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.given(
        "create table book (id int primary key, title varchar(40)) partition by range (id)"
            + " (partition a values less than (10), partition b values less than (20))",
        "insert into book values (1, 'v1'), (11, 'w1')");
    String part = "select title from book partition (a)";
    story.assertRight(part);
    story.assertCached(TITLE);
    story.through("update book partition (a) set title = 'v2'");
    story.assertRight(part);
    story.assertRight(TITLE);
    story.through("alter table book truncate partition a");
    story.assertRight(part);
    story.assertRight(TITLE);
  }
}
