package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class ReplaceInto implements Probe {

  @Override
  public String sentence() {
    return "REPLACE is a write.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.MARIADB, Product.MYSQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.assertCached(TITLE);
    story.through("replace into book values (1, 'v2')");
    story.assertRight(TITLE);
    story.through("replace book set id = 1, title = 'v3'");
    story.assertRight(TITLE);
  }
}
