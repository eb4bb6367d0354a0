package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class MergeIntoKey implements Probe {

  @Override
  public String sentence() {
    return "H2's MERGE INTO ... KEY is a write.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.H2);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.assertCached(TITLE);
    story.through("merge into book key (id) values (1, 'v2')");
    story.assertRight(TITLE);
  }
}
