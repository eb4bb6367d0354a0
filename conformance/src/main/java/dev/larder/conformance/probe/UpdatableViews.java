package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class UpdatableViews implements Probe {

  @Override
  public String sentence() {
    return "A write to a view is a write to its table.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL, Product.MARIADB, Product.MYSQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.given(
        "create view titles as select id, title from book",
        "create view firsts as select id, title from titles where id = 1");
    story.assertCached(TITLE);
    story.through("update titles set title = 'v2' where id = 1");
    story.assertRight(TITLE);
    story.assertCached(TITLE);
    story.through("update firsts set title = 'v3'");
    story.assertRight(TITLE);
  }
}
