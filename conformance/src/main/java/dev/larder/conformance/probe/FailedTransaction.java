package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class FailedTransaction implements Probe {

  @Override
  public String sentence() {
    return "A transaction that has met an error answers nothing any more, from memory neither.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.assertCached(TITLE);
    try (Client client = story.client()) {
      client.begin();
      client.expects("v1", TITLE);
      client.assertRefused("select 1 / 0");
      client.assertRefused(TITLE);
      client.rollback();
      client.expects("v1", TITLE);
      client.rollback();
    }
  }
}
